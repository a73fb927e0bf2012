using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class Saving
{
    /// <summary>Writes what changed. False: another version is there, or something unique is there already.</summary>
    public static async Task<bool> Save(GovernanceContext db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        catch (DbUpdateException exception) when (exception.SaidByDatabase() is { } said && db.IsUniqueViolation(said))
        {
            return false;
        }
    }

    /// <summary>A turn that comes not before an instant; none stays none.</summary>
    public static DateTimeOffset? NotBefore(DateTimeOffset? due, DateTimeOffset? notBefore) => due < notBefore ? notBefore : due;
}
