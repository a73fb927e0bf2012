using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Json;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfLoginChanges(IDbContextFactory<GovernanceContext> contexts) : ILoginChanges
{
    public async Task<Versioned<LoginChange>?> Load(LoginChangeId id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var written = id.ToString();
        return (await db.LoginChanges.AsNoTracking().SingleOrDefaultAsync(row => row.Id == written, ct))?.ToLoginChange();
    }

    public async Task<Versioned<LoginChange>?> FindOpen(string client, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await db.LoginChanges.AsNoTracking().SingleOrDefaultAsync(row => row.Client == client && row.IsOpen, ct))?.ToLoginChange();
    }

    public async Task<IReadOnlyList<Versioned<LoginChange>>> Open(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return [.. (await db.LoginChanges.AsNoTracking().Where(row => row.IsOpen).OrderBy(row => row.ProposedAt).ToListAsync(ct)).Select(row => row.ToLoginChange())];
    }

    public async Task<KnownLoginPolicies> Known(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var text = await SavedTexts.Read(db, SavedTexts.LoginPolicies, ct);
        return new KnownLoginPolicies(text, text.Length == 0 ? [] : Documents.Read<List<KnownLoginPolicy>>(text));
    }
}
