using System.Diagnostics.CodeAnalysis;

namespace ChatGovernance.Core.People;

public enum ChatPlatform
{
    Slack,
    Teams,
}

/// <summary>
/// An account in a chat platform by its immutable ids.
/// <see cref="Tenant"/> is Slack's enterprise id on Grid, else the team id; on Teams the tenant id.
/// </summary>
public readonly record struct ChatAccount(ChatPlatform Platform, string Tenant, string User)
{
    /// <summary><c>TENANT/USER</c>, as it stands in the directory's attribute.</summary>
    public string Handle => $"{Tenant}/{User}";

    /// <summary><c>slack:TENANT/USER</c>; the form it is stored in.</summary>
    public override string ToString() => $"{(Platform == ChatPlatform.Slack ? "slack" : "teams")}:{Handle}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ChatAccount account)
    {
        account = default;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (colon < 1 || slash <= colon + 1 || slash == text!.Length - 1)
            return false;

        ChatPlatform? platform = text[..colon] switch
        {
            "slack" => ChatPlatform.Slack,
            "teams" => ChatPlatform.Teams,
            _ => null,
        };
        if (platform is null)
            return false;

        account = new ChatAccount(platform.Value, text[(colon + 1)..slash], text[(slash + 1)..]);
        return true;
    }
}
