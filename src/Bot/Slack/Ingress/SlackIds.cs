using System.Text.RegularExpressions;
using ChatGovernance.Core.People;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Ids as Slack writes them; what looks otherwise is nobody's.</summary>
internal static partial class SlackIds
{
    /// <summary>
    /// A person: the enterprise on Grid, else the person's own workspace, and the user. Null: an id is missing or is none.
    /// </summary>
    public static ChatAccount? Account(string? enterprise, string? team, string? user)
    {
        var tenant = string.IsNullOrEmpty(enterprise) ? team : enterprise;
        return IsId(tenant) && IsId(user) ? new ChatAccount(ChatPlatform.Slack, tenant!, user!) : null;
    }

    /// <summary>Slack's own ids of deliveries and triggers: printable, without spaces, 255 at most.</summary>
    public static bool IsKey(string? text) => text is not null && Key().IsMatch(text);

    private static bool IsId(string? text) => text is not null && Id().IsMatch(text);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[!-~]{1,255}\z")]
    private static partial Regex Key();
}
