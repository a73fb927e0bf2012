using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

internal sealed class EfLogins(IDbContextFactory<GovernanceContext> contexts) : ILogins
{
    public Task<Versioned<Login>?> Load(LoginId id, CancellationToken ct)
    {
        var written = id.ToString();
        return Find(rows => rows.Where(row => row.Id == written), ct);
    }

    public Task<Versioned<Login>?> FindOpenLink(ChatAccount account, CancellationToken ct)
    {
        var written = account.ToString();
        return Find(rows => rows.Where(row => row.Account == written && row.Purpose == "link" && row.ClosedAt == null), ct);
    }

    private async Task<Versioned<Login>?> Find(Func<IQueryable<LoginRow>, IQueryable<LoginRow>> which, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await which(db.Logins.AsNoTracking()).SingleOrDefaultAsync(ct))?.ToLogin();
    }
}
