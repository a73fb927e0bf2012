using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Persistence.Claims;

/// <summary>
/// Takes rows that are due, so that nobody else works on them for a while. Commands about one subject, notes of
/// one conversation, and what one receiver is told of one subject are taken one at a time and in order; one that is claimed or waits holds up those after it. A
/// request waits for the commands about it that were received before it fell due. Of what one receiver is told, a few rows at a time are taken, so that one who
/// is slow keeps no worker from the others.
/// </summary>
public interface IClaims
{
    /// <summary>At most <paramref name="max"/> due rows, the longest due first; empty when nothing is due.</summary>
    /// <param name="length">After this, by the database's clock, somebody else may take them.</param>
    Task<IReadOnlyList<Claimed>> Claim(WorkKind kind, int max, TimeSpan length, CancellationToken ct);

    /// <summary>When there will be something to claim, possibly in the past; null when nothing waits.</summary>
    Task<DateTimeOffset?> NextDue(WorkKind kind, CancellationToken ct);

    /// <summary>Holds on to a row, from now. False: the lease was lost.</summary>
    Task<bool> Renew(Lease lease, TimeSpan length, CancellationToken ct);

    /// <summary>Gives a row back undone; it is not due before this instant. Nothing happens when the lease was lost.</summary>
    Task Release(Lease lease, DateTimeOffset notBefore, CancellationToken ct);

    /// <summary>
    /// Gives a row back because working on it threw: it waits longer each time. After <see cref="Backoff.TriesOf"/> a card,
    /// note or webhook is set aside; a delivery stays claimed, for its sender is told in the commit that sets it aside. Requests and
    /// entitlements are tried for ever.
    /// </summary>
    /// <param name="code">One word for why, without anything personal; stored when the row is set aside.</param>
    Task<Failed> Fail(Lease lease, string code, CancellationToken ct);
}

/// <param name="Trace">What made the row due, as a W3C <c>traceparent</c>; null where that was not traced.</param>
public sealed record Claimed(Lease Lease, string? Trace);

/// <summary>What became of a row that failed.</summary>
public enum Failed
{
    /// <summary>It is tried again later.</summary>
    WillBeTriedAgain,

    /// <summary>It is not tried again: somebody has to be told.</summary>
    SetAside,

    /// <summary>It is to be set aside under the lease, which is still held; if that fails, it is tried again when the lease has run out.</summary>
    OutOfTries,

    /// <summary>Another worker has it by now.</summary>
    LeaseLost,
}
