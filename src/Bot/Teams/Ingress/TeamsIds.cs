using System.Text.RegularExpressions;
using ChatGovernance.Core.People;

namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>Ids as Teams writes them. They are opaque: what could not be one is nobody's, and nothing is read into the others.</summary>
internal static partial class TeamsIds
{
    private const string ThreadMark = ";messageid=";

    /// <summary>Who did it: the tenant and the object id in its directory. Null: an id is missing or is none.</summary>
    /// <param name="anonymous">In development clients know no directory.</param>
    public static ChatAccount? Account(Activity activity, bool anonymous)
    {
        var tenant = Tenant(activity) ?? (anonymous ? "anonymous" : null);
        var user = activity.From?.AadObjectId ?? (anonymous ? activity.From?.Id : null);
        return IsPart(tenant) && IsPart(user) ? new ChatAccount(ChatPlatform.Teams, tenant!, user!) : null;
    }

    /// <summary>Null: none is named, or two are.</summary>
    public static string? Tenant(Activity activity) => (activity.Conversation?.TenantId, activity.ChannelData?.Tenant?.Id) switch
    {
        ({ } conversation, { } channel) when !string.Equals(conversation, channel, StringComparison.OrdinalIgnoreCase) => null,
        var (conversation, channel) => conversation ?? channel,
    };

    /// <summary>The conversation, without the thread in it.</summary>
    public static string? Conversation(Activity activity) => activity.Conversation?.Id is { } id && IsKey(id) ? id.Split(ThreadMark)[0] : null;

    public static bool IsKey(string? text) => text is not null && Key().IsMatch(text);

    private static bool IsPart(string? text) => text is not null && Part().IsMatch(text);

    [GeneratedRegex(@"\A[A-Za-z0-9._~@-]{1,128}\z")]
    private static partial Regex Part();

    [GeneratedRegex(@"\A[!-~]{1,500}\z")]
    private static partial Regex Key();
}
