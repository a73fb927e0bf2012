using System.Text.Json;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Reads what the Events API delivers.</summary>
internal static class EventParser
{
    public static SlackAct Read(ReadOnlySpan<byte> body)
    {
        if (SlackJson.Read(body, SlackJson.Default.EventPayload) is not { Type: { } type } payload)
            return new SlackAct.Malformed();

        return type switch
        {
            "url_verification" => payload.Challenge is { } challenge ? new SlackAct.Reply(SlackAnswers.Challenge(challenge)) : new SlackAct.Malformed(),
            "event_callback" => Read(payload),
            _ => new SlackAct.Ignore(),
        };
    }

    private static SlackAct Read(EventPayload payload)
    {
        if (!SlackIds.IsKey(payload.EventId) || payload.Event is not { Type: { } type } happened)
            return new SlackAct.Malformed();
        if (type != "app_home_opened" || happened.Tab is not (null or "home"))
            return new SlackAct.Ignore();

        // Only members of the workspace or organization can open the app's Home, so the delivery's own tenant is theirs.
        var authorization = payload.Authorizations is [{ } first, ..] ? first : new EventAuthorization();
        var account = SlackIds.Account(payload.EnterpriseId ?? authorization.EnterpriseId, payload.TeamId ?? authorization.TeamId, Text(happened.User));
        return account is { } by
            ? new SlackAct.Take($"slack:{payload.EventId}", Subject.Of(by), new Command.ShowHome(by), SlackAnswers.Empty)
            : new SlackAct.Malformed();
    }

    private static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair: no id
        }
    }
}
