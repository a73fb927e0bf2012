namespace ChatGovernance.Core.Work;

/// <summary>Which kind of row is claimed.</summary>
public enum WorkKind
{
    Inbox,
    Request,
    Entitlement,
    Card,
    Note,
    Webhook,
}

/// <summary>The right to work on one row for a while. Every save says "where the owner is me".</summary>
/// <param name="Id">The row's id, as its table writes it.</param>
/// <param name="Owner">Random for each claim.</param>
public sealed record Lease(WorkKind Kind, string Id, Guid Owner);
