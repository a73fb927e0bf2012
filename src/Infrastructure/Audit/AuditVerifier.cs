using ChatGovernance.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Audit;

/// <summary>Verifies the chain in the database.</summary>
public sealed class AuditVerifier
{
    /// <summary>Rows in memory at once.</summary>
    private const int PageSize = 500;

    private readonly IDbContextFactory<GovernanceContext> contexts;

    internal AuditVerifier(IDbContextFactory<GovernanceContext> contexts) => this.contexts = contexts;

    /// <summary>
    /// Reads every row once, as the database was at one moment, while others go on writing, and recomputes everything.
    /// Memory does not grow with the chain.
    /// </summary>
    public async Task<AuditVerification> Verify(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var snapshot = await db.BeginSnapshot(ct);
        // A head that was deleted says of itself that there is none.
        var head = await db.AuditHead.AsNoTracking().SingleOrDefaultAsync(ct);

        var check = new AuditChainCheck();
        await foreach (var line in Lines(db, ct))
        {
            if (!check.Follow(line))
                break;
        }

        return check.End(head?.Number ?? 0, head?.Hash ?? AuditChain.Genesis);
    }

    private static async IAsyncEnumerable<AuditLine> Lines(GovernanceContext db, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var after = long.MinValue;
        while (true)
        {
            var rows = await db.Audit.AsNoTracking().Where(row => row.Number > after).OrderBy(row => row.Number).Take(PageSize).ToListAsync(ct);
            if (rows.Count == 0)
                yield break;

            var last = rows[^1].Number;
            var texts = (await db.AuditText.AsNoTracking().Where(text => text.Number > after && text.Number <= last).ToListAsync(ct)).ToLookup(text => text.Number);
            foreach (var row in rows)
            {
                yield return new AuditLine
                {
                    Number = row.Number,
                    At = row.At,
                    Kind = row.Kind,
                    Subject = row.Subject,
                    Payload = row.Payload,
                    PreviousHash = row.PreviousHash,
                    Hash = row.Hash,
                    Texts = [.. texts[row.Number].Select(text => new AuditText(text.Field, text.Salt, text.Text))],
                };
            }

            after = last;
        }
    }
}
