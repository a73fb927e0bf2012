using System.Text.Json;

namespace ChatGovernance.TestSupport.Teams;

/// <summary>What a client needs of a message with a card to draw it.</summary>
public static class CardRules
{
    private static readonly HashSet<string> known =
    [
        "AdaptiveCard", "TextBlock", "RichTextBlock", "Container", "ActionSet", "Input.Text", "Input.ChoiceSet",
        "Action.Execute", "Action.Submit", "Action.OpenUrl", "Action.ShowCard",
    ];

    /// <summary>Null: nothing is wrong.</summary>
    public static string? Problem(JsonElement activity)
    {
        if (activity.GetProperty("type").GetString() != "message" || !activity.TryGetProperty("summary", out _))
            return "NoMessage";
        var attachment = activity.GetProperty("attachments").EnumerateArray().Single();
        return attachment.GetProperty("contentType").GetString() != "application/vnd.microsoft.card.adaptive" ? "NoCard" : CardProblem(attachment.GetProperty("content"));
    }

    public static string? CardProblem(JsonElement card)
    {
        if (card.GetProperty("version").GetString() != "1.5")
            return "Version";
        foreach (var element in CardReader.All(card))
        {
            if (CardReader.Type(element) is { } type && !known.Contains(type))
                return $"Unknown-{type}";
            if (CardReader.Type(element) == "ActionSet" && element.GetProperty("actions").GetArrayLength() > 6)
                return "TooManyActions";
            if (CardReader.Type(element) == "RichTextBlock" && element.GetProperty("inlines").EnumerateArray().Any(run => run.GetProperty("text").GetString() is null or ""))
                return "EmptyRun";
        }

        return card.TryGetProperty("refresh", out var refresh) && refresh.TryGetProperty("userIds", out var ids) && ids.GetArrayLength() > 60 ? "TooManyPeople" : null;
    }
}
