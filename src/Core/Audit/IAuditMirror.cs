using ChatGovernance.Core.Chat;

namespace ChatGovernance.Core.Audit;

/// <summary>Says in the audit channel what was written into the audit, in the same transaction.</summary>
public interface IAuditMirror
{
    /// <summary>Notes for the rows of one commit, in their order.</summary>
    IReadOnlyList<Note> Mirror(IReadOnlyList<AuditRow> rows);
}

/// <param name="Number">Without gaps, from 1.</param>
/// <param name="ShortHash">The first 12 hex digits of the row's hash.</param>
public sealed record AuditRow(AuditEntry Entry, long Number, string ShortHash);
