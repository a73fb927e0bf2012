using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class SavedLoginChanges
{
    /// <summary>False: somebody else made or changed it first, or another one for the client is open.</summary>
    public static async Task<bool> Save(GovernanceContext db, Versioned<LoginChange> change, CancellationToken ct)
    {
        var (value, version) = change;
        var id = value.Id.ToString();
        var row = await db.LoginChanges.SingleOrDefaultAsync(known => known.Id == id, ct);
        if ((row?.Version ?? 0) != version)
            return false;

        if (row is null)
            db.LoginChanges.Add(row = new LoginChangeRow { Id = id, Client = value.Client, IsOpen = true, Version = 0, ProposedAt = value.ProposedAt, Document = "" });
        row.Version = version + 1;
        row.IsOpen = value.IsOpen;
        row.Document = Documents.Write(new LoginChangeDocument(value.Before, value.After, value.By, value.From, value.State));
        return await Saving.Save(db, ct);
    }

    /// <summary>False: something else has been known meanwhile.</summary>
    public static Task<bool> Save(GovernanceContext db, KnownLoginPoliciesChange change, CancellationToken ct) =>
        SavedTexts.Replace(db, SavedTexts.LoginPolicies, change.Stamp, Documents.Write(change.Policies), ct);

    public static Versioned<LoginChange> ToLoginChange(this LoginChangeRow row)
    {
        var document = Documents.Read<LoginChangeDocument>(row.Document);
        return new Versioned<LoginChange>(
            new LoginChange
            {
                Id = LoginChangeId.TryParse(row.Id, out var id) ? id : throw new FormatException("Not a change's id."),
                Client = row.Client,
                Before = document.Before,
                After = document.After,
                By = document.By,
                From = document.From,
                ProposedAt = row.ProposedAt,
                State = document.State,
            },
            row.Version);
    }
}
