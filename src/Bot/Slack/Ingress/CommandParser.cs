using System.Text.RegularExpressions;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Core.People;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Reads a slash command (https://docs.slack.dev/interactivity/implementing-slash-commands).</summary>
internal static partial class CommandParser
{
    public static SlackAct Read(ReadOnlySpan<byte> body)
    {
        if (FormBody.Read(body) is not { } form)
            return new SlackAct.Malformed();
        // https://docs.slack.dev/interactivity/implementing-slash-commands#ssl: an empty call that only tries the certificate
        if (form.ContainsKey("ssl_check"))
            return new SlackAct.Ignore();

        var trigger = form.GetValueOrDefault("trigger_id");
        var command = form.GetValueOrDefault("command") ?? "";
        if (!command.StartsWith('/') || !SlackIds.IsKey(trigger)
            || SlackIds.Account(form.GetValueOrDefault("enterprise_id"), form.GetValueOrDefault("team_id"), form.GetValueOrDefault("user_id")) is not { } by)
            return new SlackAct.Malformed();

        return TypedCommand.Read(by, trigger!, command, (form.GetValueOrDefault("text") ?? "").Trim(), text => Person(by, text)) switch
        {
            Meaning.Told told => new SlackAct.Reply(SlackAnswers.Ephemeral(told.Text)),
            Meaning.Does does => new SlackAct.Take(Key(trigger!), does.Subject, does.Command, SlackAnswers.Empty),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>A mention, where the workspace sends them as ids, is an account of whoever's workspace it is typed in.</summary>
    private static string Person(ChatAccount by, string text) =>
        Mention().Match(text) is { Success: true } match ? (by with { User = match.Groups["id"].Value }).ToString() : text;

    [GeneratedRegex(@"^<@(?<id>[UW][A-Z0-9]+)(\|[^>]*)?>$")]
    private static partial Regex Mention();

    /// <summary>Commands and clicks are told apart by their trigger, which Slack makes anew for each.</summary>
    public static string Key(string trigger) => $"slack:{trigger}";
}
