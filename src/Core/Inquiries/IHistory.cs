using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Inquiries;

/// <summary>
/// What was asked for, given and recorded, in pages. A page begins after an id that the one before ended with, so that nothing is shown
/// twice or left out whatever changes in between.
/// </summary>
public interface IHistory
{
    /// <summary>The newest first.</summary>
    Task<Page<Versioned<AccessRequest>>> Requests(RequestQuery query, RequestId? after, int max, CancellationToken ct);

    /// <summary>The newest first.</summary>
    Task<Page<GrantRecord>> Grants(GrantQuery query, GrantId? after, int max, CancellationToken ct);

    Task<GrantRecord?> Grant(GrantId id, CancellationToken ct);

    /// <summary>In the order of their numbers.</summary>
    Task<Page<AuditRecord>> Audit(AuditQuery query, long after, int max, CancellationToken ct);

    Task<AuditHead> AuditHead(CancellationToken ct);
}

/// <param name="More">There are others after the last of these.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, bool More);

/// <summary>Which requests; what is null, or empty, asks for nothing.</summary>
public sealed record RequestQuery
{
    public IReadOnlyList<RequestId> Ids { get; init; } = [];

    /// <summary>As <see cref="RequestState.Name"/>.</summary>
    public string? State { get; init; }

    public PersonId? Requester { get; init; }

    public PersonId? Beneficiary { get; init; }

    public TargetId? Target { get; init; }

    /// <summary>Filed by or for this person.</summary>
    public PersonId? Involving { get; init; }

    /// <summary>Pending ones that this person was asked to decide, and has not.</summary>
    public PersonId? WaitingFor { get; init; }
}

/// <summary>Which grants; what is null asks for nothing.</summary>
public sealed record GrantQuery
{
    /// <summary>As <see cref="GrantState.Name"/>.</summary>
    public string? State { get; init; }

    public PersonId? Person { get; init; }

    public TargetId? Target { get; init; }

    public RequestId? Request { get; init; }
}

/// <summary>A grant, over or not, with what it is of.</summary>
/// <param name="Version">Of the pair of person and target: it grows with each change of any of their grants.</param>
public sealed record GrantRecord(PersonRef Person, TargetId Target, string TargetName, Grant Grant, Retry? Retry, long Version);

/// <summary>Which rows of the audit; what is null asks for nothing.</summary>
public sealed record AuditQuery
{
    public string? Kind { get; init; }

    public Subject? Subject { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>Rows of this instant are no longer among them.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A row of the audit as it is stored.</summary>
/// <param name="Personal">Names and reasons; null: erased.</param>
/// <param name="Hash">Lower-case hex.</param>
public sealed record AuditRecord(
    long Number, DateTimeOffset At, string Kind, Subject Subject, IReadOnlyDictionary<string, string> Facts, IReadOnlyDictionary<string, string?> Personal, string PreviousHash, string Hash);

/// <param name="Number">0: there is no row yet.</param>
/// <param name="Hash">Lower-case hex.</param>
public sealed record AuditHead(long Number, string Hash);
