using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Chat;

/// <summary>Reads what follows <c>/request-access</c> on Slack, and what is written to the bot in Teams.</summary>
internal static class TypedCommand
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
        ["explain"] = "explain me TARGET, or explain PERSON TARGET: a username, an id or a chat account (slack:TEAM/USER, teams:TENANT/OBJECT), and a name or a path",
        ["who"] = "who TARGET: a name or a path",
        ["revoke"] = "revoke PERSON, or revoke TARGET: a username or an id, or a name or a path",
        ["allow"] = "allow PERSON TARGET: a username or an id, and a name or a path",
        ["policy"] = LoginPolicyParser.Usage,
        ["freeze"] = "freeze",
        ["unfreeze"] = "unfreeze",
    };

    /// <summary>Whether a text means something by its first word, without what people write in front of everything.</summary>
    public static bool Knows(string text) =>
        text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] && first.ToLowerInvariant() is var word
        && (usages.ContainsKey(word) || helpWords.Contains(word) || word is "status" or "link" or "unlink" or "links" or "end" or "extend");

    /// <param name="trigger">Lets a form be opened.</param>
    /// <param name="command">As people write it in front of everything.</param>
    /// <param name="person">Reads the platform's way of naming somebody; anything else it gives back.</param>
    public static Meaning Read(ChatAccount by, string trigger, string command, string text, Func<string, string> person)
    {
        var word = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first.ToLowerInvariant() : "";
        if (helpWords.Contains(text, StringComparer.OrdinalIgnoreCase))
            return new Meaning.Told(CommandHelp.Text(command));
        if (laterWords.Contains(word))
            return new Meaning.Told($"\"{command} {word}\" is not available yet.\n\n{CommandHelp.Text(command)}");
        if (word.StartsWith('-'))
            return new Meaning.Told($"I do not know \"{word}\".\n\n{CommandHelp.Text(command)}");
        var rest = text[word.Length..].Trim();
        switch (word)
        {
            case "end":
                return new Meaning.Does(Subject.Of(by), new Command.ReturnNamed(by, rest));
            case "revoke" when rest.Length > 0:
                return new Meaning.Does(Subject.Of(by), new Command.RevokeAll(by, rest));
            case "freeze" or "unfreeze" when rest.Length == 0:
                return new Meaning.Does(Subject.Of(by), new Command.SetFreeze(by, word == "freeze"));
            case "allow" when rest.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var whom, var target]:
                return new Meaning.Does(Subject.Of(by), new Command.AllowEmergency(by, whom, target));
            case "policy" when LoginPolicyParser.ReadSet(Core.Text.Clean(rest)) is { } set:
                return set.Rules?.Problem is { } problem
                    ? new Meaning.Told($"That login policy cannot be set: {problem}")
                    : new Meaning.Does(Subject.Of(by), new Command.SetLoginPolicy(by, set.Client, set.Rules));
            case "extend":
                return new Meaning.Does(FormSubjects.Of(trigger), new Command.ExtendNamed(by, trigger, rest));
        }

        if (word == "status" && text.Length == word.Length)
            return new Meaning.Does(Subject.Of(by), new Command.ShowStatus(by));
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
            return new Meaning.Does(Subject.Of(by), connecting);
        if (ReadInquiry(word, text, person) is { } inquiry)
            return new Meaning.Does(new Subject($"inquiry:{trigger}"), new Command.Inquire(by, inquiry));
        if (usages.TryGetValue(word, out var usage))
            return new Meaning.Told($"Write {command} {usage}.");
        return new Meaning.Does(FormSubjects.Of(trigger), new Command.OpenRequestForm(by, trigger, text));
    }

    /// <summary>Null: no question, or one that lacks a part.</summary>
    private static Inquiry? ReadInquiry(string word, string text, Func<string, string> person) => (word, text.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) switch
    {
        ("doctor", [_]) => new Inquiry.Doctor(),
        ("lint", [_]) => new Inquiry.Lint(),
        ("policy", [_, var shown]) when shown.Equals("show", StringComparison.OrdinalIgnoreCase) => new Inquiry.LoginPolicies(null),
        ("policy", [_, var shown, var client]) when shown.Equals("show", StringComparison.OrdinalIgnoreCase) => new Inquiry.LoginPolicies(Core.Text.Cut(client, 300)),
        ("policy", [_, var diff]) when diff.Equals("diff", StringComparison.OrdinalIgnoreCase) => new Inquiry.LoginPolicyDiff(),
        ("explain", [_, var whom, var target]) => new Inquiry.Explain(person(whom), target),
        ("who", [_, _, ..]) => new Inquiry.Who(text[word.Length..].Trim()),
        _ => null,
    };
}
