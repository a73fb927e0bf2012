using System.Security.Cryptography;
using ChatGovernance.Core.Audit;
using ChatGovernance.Infrastructure.Audit;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>Appends to the chain. From the first line to the commit nobody else can.</summary>
internal static class SavedAudit
{
    public static async Task<IReadOnlyList<AuditRow>> Append(GovernanceContext db, IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        var head = (await db.AuditHead.BySql($"SELECT * FROM audit_head {db.ForUpdate}").ToListAsync(ct)).Single();
        var appended = new List<AuditRow>(entries.Count);
        foreach (var entry in entries)
        {
            var number = head.Number + 1;
            var digests = new Dictionary<string, string>();
            foreach (var (field, text) in entry.Personal)
            {
                var salt = RandomNumberGenerator.GetBytes(AuditChain.SaltLength);
                digests[field] = AuditChain.Digest(salt, text);
                db.AuditText.Add(new AuditTextRow { Number = number, Field = field, Salt = salt, Text = text });
            }

            var payload = AuditChain.Payload(number, entry, digests);
            var line = new AuditLineRow
            {
                Number = number,
                At = AuditChain.WholeMilliseconds(entry.At),
                Kind = entry.Kind,
                Subject = entry.Subject.Value,
                Payload = payload,
                PreviousHash = head.Hash,
                Hash = AuditChain.Hash(head.Hash, payload),
            };
            db.Audit.Add(line);
            appended.Add(new AuditRow(entry, number, AuditChain.Short(line.Hash)));
            (head.Number, head.Hash) = (number, line.Hash);
        }

        await db.SaveChangesAsync(ct);
        return appended;
    }
}
