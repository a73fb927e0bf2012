using System.Text.Json;

namespace ChatGovernance.TestSupport.Teams;

/// <summary>Reads cards as people do.</summary>
public static class CardReader
{
    public static IEnumerable<string> Texts(JsonElement element)
    {
        switch (Type(element))
        {
            case "TextBlock":
                yield return element.GetProperty("text").GetString()!;
                break;
            case "RichTextBlock":
                yield return string.Concat(element.GetProperty("inlines").EnumerateArray().Select(run => run.GetProperty("text").GetString()));
                break;
            case "Input.Text" or "Input.ChoiceSet":
                yield return element.GetProperty("label").GetString()!;
                break;
        }

        foreach (var text in Children(element).SelectMany(Texts))
            yield return text;
    }

    /// <summary>What can be pressed; what asks before it counts is shown with the button that goes on.</summary>
    public static IEnumerable<CardButton> Buttons(JsonElement element)
    {
        foreach (var child in Children(element))
        {
            var type = Type(child);
            if (type == "Action.ShowCard")
                yield return new CardButton(Title(child), Buttons(child.GetProperty("card")).Single().Action);
            else if (type?.StartsWith("Action.", StringComparison.Ordinal) == true)
                yield return new CardButton(Title(child), child);
            else
                foreach (var button in Buttons(child))
                    yield return button;
        }
    }

    public static IReadOnlyDictionary<string, string> Inputs(JsonElement card)
    {
        var inputs = new Dictionary<string, string>();
        foreach (var input in All(card).Where(element => Type(element)?.StartsWith("Input.", StringComparison.Ordinal) == true))
            inputs[input.GetProperty("id").GetString()!] = input.TryGetProperty("value", out var value) ? value.GetString()! : "";
        return inputs;
    }

    public static IEnumerable<JsonElement> All(JsonElement element) => Children(element).SelectMany(All).Prepend(element);

    public static string? Type(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static string Title(JsonElement action) => action.GetProperty("title").GetString()!;

    private static IEnumerable<JsonElement> Children(JsonElement element)
    {
        foreach (var name in (string[])["body", "items", "actions", "choices"])
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var children) && children.ValueKind == JsonValueKind.Array)
            {
                foreach (var child in children.EnumerateArray())
                    yield return child;
            }
        }
    }
}
