using System.Runtime.CompilerServices;
using ChatGovernance.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Audit;

/// <summary>Reads the chain in the order of its numbers. Memory does not grow with it.</summary>
internal static class AuditRows
{
    /// <summary>Rows in memory at once.</summary>
    private const int PageSize = 500;

    /// <summary>The head; a head that was deleted says of itself that there is no row.</summary>
    public static async Task<(long Number, byte[] Hash)> Head(GovernanceContext db, CancellationToken ct) =>
        await db.AuditHead.AsNoTracking().SingleOrDefaultAsync(ct) is { } head ? (head.Number, head.Hash) : (0, AuditChain.Genesis);

    /// <param name="after">Rows with greater numbers are read.</param>
    public static async IAsyncEnumerable<AuditLine> Read(GovernanceContext db, long after, [EnumeratorCancellation] CancellationToken ct)
    {
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
