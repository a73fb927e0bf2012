using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Logins;

public interface ILogins
{
    Task<Versioned<Login>?> Load(LoginId id, CancellationToken ct);

    /// <summary>The account's own that is neither done nor void, expired or not; it has one at most for linking.</summary>
    Task<Versioned<Login>?> FindOpenLink(ChatAccount account, CancellationToken ct);
}

/// <summary>Whether people can log in at the directory through the bot's own pages.</summary>
/// <param name="WhyNot">In words for an administrator; null: they can.</param>
/// <param name="Level">What a login that confirms a decision must say of itself (<c>acr</c>); null: any.</param>
public sealed record LoginAvailability(string? WhyNot, string? Level = null)
{
    public bool IsOn => WhyNot is null;
}
