using ChatGovernance.Core.Logins;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class SavedLogins
{
    /// <summary>False: somebody else saved one of them first, or another has taken its place.</summary>
    public static async Task<bool> Save(GovernanceContext db, IReadOnlyList<Versioned<Login>> logins, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (login, version) in logins)
        {
            var row = await db.Logins.SingleOrDefaultAsync(r => r.Id == login.Id.ToString(), ct);
            if ((row?.Version ?? 0) != version)
                return false;

            if (row is null)
                db.Logins.Add(row = new LoginRow { Id = login.Id.ToString(), Version = 0, Account = login.Account.ToString(), Purpose = login.Purpose.Name, ExpiresAt = login.ExpiresAt, Document = "" });
            row.Version = version + 1;
            row.ExpiresAt = login.ExpiresAt;
            row.ClosedAt = login.State.IsOpen ? null : row.ClosedAt ?? now;
            row.Document = Documents.Write(new LoginDocument(login.AccountName, login.Workspace, login.Purpose, login.State));
            // One after the other: what is void must be so before another takes its place.
            if (!await Saving.Save(db, ct))
                return false;
        }

        return true;
    }

    public static Versioned<Login> ToLogin(this LoginRow row)
    {
        var document = Documents.Read<LoginDocument>(row.Document);
        return new Versioned<Login>(
            new Login
            {
                Id = LoginId.TryParse(row.Id, out var id) ? id : throw new FormatException("Not a login's id."),
                Account = TextConverters.ReadAccount(row.Account),
                AccountName = document.AccountName,
                Workspace = document.Workspace,
                Purpose = document.Purpose,
                ExpiresAt = row.ExpiresAt,
                State = document.State,
            },
            row.Version);
    }
}
