using System.Text.RegularExpressions;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Reads a slash command (https://docs.slack.dev/interactivity/implementing-slash-commands).</summary>
internal static partial class CommandParser
{
    private static readonly string[] helpWords = ["help", "?", "-h", "--help"];

    /// <summary>Words that mean something later; until then they are no search either.</summary>
    private static readonly string[] laterWords =
        ["review", "audit"];

    /// <summary>How what needs more than its word is written.</summary>
    private static readonly Dictionary<string, string> usages = new(StringComparer.Ordinal)
    {
        ["doctor"] = "doctor",
        ["lint"] = "lint",
        ["explain"] = "explain me TARGET, or explain PERSON TARGET: a username, an id or slack:TEAM/USER, and a name or a path",
        ["who"] = "who TARGET: a name or a path",
        ["revoke"] = "revoke PERSON, or revoke TARGET: a username or an id, or a name or a path",
        ["allow"] = "allow PERSON TARGET: a username or an id, and a name or a path",
        ["policy"] = LoginPolicyParser.Usage,
        ["freeze"] = "freeze",
        ["unfreeze"] = "unfreeze",
    };

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

        return Read(by, trigger!, command, (form.GetValueOrDefault("text") ?? "").Trim());
    }

    private static SlackAct Read(ChatAccount by, string trigger, string command, string text)
    {
        var word = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first.ToLowerInvariant() : "";
        if (helpWords.Contains(text, StringComparer.OrdinalIgnoreCase))
            return new SlackAct.Reply(SlackAnswers.Ephemeral(CommandHelp.Text(command)));
        if (laterWords.Contains(word))
            return new SlackAct.Reply(SlackAnswers.Ephemeral($"\"{command} {word}\" is not available yet.\n\n{CommandHelp.Text(command)}"));
        if (word.StartsWith('-'))
            return new SlackAct.Reply(SlackAnswers.Ephemeral($"I do not know \"{word}\".\n\n{CommandHelp.Text(command)}"));
        var rest = text[word.Length..].Trim();
        switch (word)
        {
            case "end":
                return new SlackAct.Take(Key(trigger), Subject.Of(by), new Command.ReturnNamed(by, rest), SlackAnswers.Empty);
            case "revoke" when rest.Length > 0:
                return new SlackAct.Take(Key(trigger), Subject.Of(by), new Command.RevokeAll(by, rest), SlackAnswers.Empty);
            case "freeze" or "unfreeze" when rest.Length == 0:
                return new SlackAct.Take(Key(trigger), Subject.Of(by), new Command.SetFreeze(by, word == "freeze"), SlackAnswers.Empty);
            case "allow" when rest.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var person, var target]:
                return new SlackAct.Take(Key(trigger), Subject.Of(by), new Command.AllowEmergency(by, person, target), SlackAnswers.Empty);
            case "policy" when LoginPolicyParser.ReadSet(Core.Text.Clean(rest)) is { } set:
                return set.Rules?.Problem is { } problem
                    ? new SlackAct.Reply(SlackAnswers.Ephemeral($"That login policy cannot be set: {problem}"))
                    : new SlackAct.Take(Key(trigger), Subject.Of(by), new Command.SetLoginPolicy(by, set.Client, set.Rules), SlackAnswers.Empty);
            case "extend":
                return new SlackAct.Take(Key(trigger), FormSubject(trigger), new Command.ExtendNamed(by, trigger, rest), SlackAnswers.Empty);
        }

        if (word == "status" && text.Length == word.Length)
            return new SlackAct.Take(Key(trigger), Subject.Of(by), new Command.ShowStatus(by), SlackAnswers.Empty);
        Command? connecting = (word, rest) switch
        {
            ("link", "") => new Command.BeginLink(by),
            ("link", _) => new Command.EnterCode(by, Core.Text.Cut(rest, 100)),
            ("unlink", "") => new Command.EndLink(by, null),
            ("unlink", _) => new Command.EndLink(by, Core.Text.Cut(Core.Text.Clean(rest), 300)),
            ("links", "") => new Command.ShowLinks(by),
            _ => null,
        };
        if (connecting is not null)
            return new SlackAct.Take(Key(trigger), Subject.Of(by), connecting, SlackAnswers.Empty);
        if (ReadInquiry(by, word, text) is { } inquiry)
            return new SlackAct.Take(Key(trigger), new Subject($"inquiry:{trigger}"), new Command.Inquire(by, inquiry), SlackAnswers.Empty);
        if (usages.TryGetValue(word, out var usage))
            return new SlackAct.Reply(SlackAnswers.Ephemeral($"Write {command} {usage}."));
        return new SlackAct.Take(Key(trigger), FormSubject(trigger), new Command.OpenRequestForm(by, trigger, text), SlackAnswers.Empty);
    }

    /// <summary>Null: no question, or one that lacks a part.</summary>
    private static Inquiry? ReadInquiry(ChatAccount by, string word, string text) => (word, text.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) switch
    {
        ("doctor", [_]) => new Inquiry.Doctor(),
        ("lint", [_]) => new Inquiry.Lint(),
        ("policy", [_, var shown]) when shown.Equals("show", StringComparison.OrdinalIgnoreCase) => new Inquiry.LoginPolicies(null),
        ("policy", [_, var shown, var client]) when shown.Equals("show", StringComparison.OrdinalIgnoreCase) => new Inquiry.LoginPolicies(Core.Text.Cut(client, 300)),
        ("policy", [_, var diff]) when diff.Equals("diff", StringComparison.OrdinalIgnoreCase) => new Inquiry.LoginPolicyDiff(),
        ("explain", [_, var person, var target]) => new Inquiry.Explain(Person(by, person), target),
        ("who", [_, _, ..]) => new Inquiry.Who(text[word.Length..].Trim()),
        _ => null,
    };

    /// <summary>A mention, where the workspace sends them as ids, is an account of whoever's workspace it is typed in.</summary>
    private static string Person(ChatAccount by, string text) =>
        Mention().Match(text) is { Success: true } match ? (by with { User = match.Groups["id"].Value }).ToString() : text;

    [GeneratedRegex(@"^<@(?<id>[UW][A-Z0-9]+)(\|[^>]*)?>$")]
    private static partial Regex Mention();

    /// <summary>Commands and clicks are told apart by their trigger, which Slack makes anew for each.</summary>
    public static string Key(string trigger) => $"slack:{trigger}";

    /// <summary>Opening a form waits for nothing else that the person did.</summary>
    public static Subject FormSubject(string form) => new($"form:{form}");
}
