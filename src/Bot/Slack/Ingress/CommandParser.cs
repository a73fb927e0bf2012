using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Reads a slash command (https://docs.slack.dev/interactivity/implementing-slash-commands).</summary>
internal static class CommandParser
{
    private static readonly string[] helpWords = ["help", "?", "-h", "--help"];

    /// <summary>Words that mean something later; until then they are no search either.</summary>
    private static readonly string[] laterWords = ["doctor", "link", "unlink", "who", "lint", "explain", "review", "audit"];

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
            case "extend":
                return new SlackAct.Take(Key(trigger), FormSubject(trigger), new Command.ExtendNamed(by, trigger, rest), SlackAnswers.Empty);
        }

        if (word == "status" && text.Length == word.Length)
            return new SlackAct.Take(Key(trigger), Subject.Of(by), new Command.ShowStatus(by), SlackAnswers.Empty);
        return new SlackAct.Take(Key(trigger), FormSubject(trigger), new Command.OpenRequestForm(by, trigger, text), SlackAnswers.Empty);
    }

    /// <summary>Commands and clicks are told apart by their trigger, which Slack makes anew for each.</summary>
    public static string Key(string trigger) => $"slack:{trigger}";

    /// <summary>Opening a form waits for nothing else that the person did.</summary>
    public static Subject FormSubject(string form) => new($"form:{form}");
}
