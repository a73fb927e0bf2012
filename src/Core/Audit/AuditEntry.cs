using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Audit;

/// <summary>
/// One step, before it has its number and hash. Flat text by field: the chain covers it as canonical JSON (RFC 8785).
/// </summary>
public sealed record AuditEntry
{
    /// <summary>What happened: one of <see cref="AuditKind"/>.</summary>
    public required string Kind { get; init; }

    public required Subject Subject { get; init; }

    /// <summary>Whole milliseconds, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Ids, states and counters, never a name or a reason.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>Names and reasons. The chain covers a salted digest of each, so that they can be erased without a break.</summary>
    public IReadOnlyDictionary<string, string> Personal { get; init; } = new Dictionary<string, string>();
}
