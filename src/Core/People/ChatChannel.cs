using System.Text.RegularExpressions;

namespace ChatGovernance.Core.People;

/// <summary>A channel as an administrator wrote it: <c>#name</c>, or its id, which a new name does not change.</summary>
public readonly partial record struct ChatChannel(ChatPlatform Platform, string Name)
{
    /// <summary>
    /// Slack's names hold at most 80 characters, in lower case and without spaces; its ids begin with C or G. Conversations of Teams have
    /// ids alone, which begin with <c>19:</c>.
    /// </summary>
    public static bool TryParse(string text, out ChatChannel channel)
    {
        channel = new ChatChannel(Teams().IsMatch(text) ? ChatPlatform.Teams : ChatPlatform.Slack, text);
        return channel.Platform == ChatPlatform.Teams || Slack().IsMatch(text);
    }

    /// <summary><c>slack:#name</c>; the form it is stored in.</summary>
    public override string ToString() => $"{(Platform == ChatPlatform.Slack ? "slack" : "teams")}:{Name}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static ChatChannel Parse(string text) => text.Split(':', 2) switch
    {
        ["slack", { Length: > 0 } name] => new ChatChannel(ChatPlatform.Slack, name),
        ["teams", { Length: > 0 } name] => new ChatChannel(ChatPlatform.Teams, name),
        _ => throw new FormatException("Not a channel."),
    };

    [GeneratedRegex(@"\A19:[!-~]{1,240}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Teams();

    [GeneratedRegex(@"\A(?:#[^\s#\p{Lu}]{1,80}|[CG][A-Z0-9]{7,20})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slack();
}
