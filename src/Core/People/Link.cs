
namespace ChatGovernance.Core.People;

/// <summary>
/// A chat account whose owner logged in to a directory account and typed the code from that login into chat. It stands until it is
/// ended: of one account there is one, and of one person one in each workspace or tenant.
/// </summary>
/// <param name="Username">As it was at the login, for administrators to name it by.</param>
public sealed record Link(LinkId Id, ChatAccount Account, PersonRef Person, string Username, DateTimeOffset At);

public readonly record struct LinkId(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}

/// <summary>A link that is made, or one that ends.</summary>
public abstract record LinkChange
{
    private protected LinkChange()
    {
    }

    public sealed record Made(Link Link) : LinkChange;

    public sealed record Ended(LinkId Id, DateTimeOffset At) : LinkChange;
}

/// <summary>Links that stand.</summary>
public interface ILinks
{
    Task<Link?> Of(ChatAccount account, CancellationToken ct);

    Task<IReadOnlyList<Link>> Of(PersonId person, CancellationToken ct);

    /// <summary>By the username at the login, ignoring case.</summary>
    Task<IReadOnlyList<Link>> Named(string username, CancellationToken ct);

    /// <summary>The newest first; at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<Link>> Newest(int max, CancellationToken ct);
}
