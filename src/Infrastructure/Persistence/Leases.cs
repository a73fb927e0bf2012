using System.Diagnostics;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Claims;

namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>The lease that a commit is made under.</summary>
internal static class Leases
{
    /// <summary>Locks the claimed row until the transaction ends, and writes what becomes of the claim. False: it was lost.</summary>
    public static async Task<bool> Keep(GovernanceContext db, Lease lease, Release? release, DateTimeOffset now, CancellationToken ct)
    {
        var table = WorkTable.Of(lease.Kind);
        var change = release switch
        {
            null => "lease_owner = lease_owner",
            Release.Done when lease.Kind == WorkKind.Inbox => "lease_owner = NULL, leased_until = NULL, failures = 0, due_at = NULL, handled_at = {0}",
            // How often a card, note or webhook was tried is Core's to say.
            Release.Done when lease.Kind is WorkKind.Card or WorkKind.Note or WorkKind.Webhook => "lease_owner = NULL, leased_until = NULL, thrown = 0",
            Release.Done => "lease_owner = NULL, leased_until = NULL, failures = 0",
            Release.Later => "lease_owner = NULL, leased_until = NULL, due_at = CASE WHEN due_at < {3} THEN {3} ELSE due_at END",
            Release.SetAside when lease.Kind == WorkKind.Inbox => "lease_owner = NULL, leased_until = NULL, due_at = NULL, set_aside = {4}",
            _ => throw new UnreachableException(),
        };
        var code = release is Release.SetAside aside ? aside.Code : "";
        var later = release is Release.Later { At: var at } ? at.UtcTicks : now.UtcTicks;
        return await db.Execute(
            $$"""UPDATE {{table.Name}} SET {{change}} WHERE id = {1} AND lease_owner = {2} AND leased_until > {0}""",
            [now.UtcTicks, table.IdOf(lease), RowIds.Write(lease.Owner), later, code],
            ct) == 1;
    }
}
