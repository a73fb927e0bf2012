using ChatGovernance.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Audit;

/// <summary>Verifies the chain in the database.</summary>
public sealed class AuditVerifier
{
    private readonly IDbContextFactory<GovernanceContext> contexts;

    internal AuditVerifier(IDbContextFactory<GovernanceContext> contexts) => this.contexts = contexts;

    /// <inheritdoc cref="Verify(IReadOnlyList{AuditAnchor}, CancellationToken)"/>
    public Task<AuditVerification> Verify(CancellationToken ct) => Verify([], ct);

    /// <summary>
    /// Reads every row once, as the database was at one moment, while others go on writing, and recomputes everything.
    /// Memory does not grow with the chain.
    /// </summary>
    /// <param name="anchors">What was told outside; with one, a chain that was cut, restored or wholly written anew is found, too.</param>
    public async Task<AuditVerification> Verify(IReadOnlyList<AuditAnchor> anchors, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var snapshot = await db.BeginSnapshot(ct);
        var head = await AuditRows.Head(db, ct);

        var check = new AuditChainCheck(anchors);
        await foreach (var line in AuditRows.Read(db, long.MinValue, ct))
        {
            if (!check.Follow(line))
                break;
        }

        return check.End(head.Number, head.Hash);
    }
}
