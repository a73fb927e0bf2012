using ChatGovernance.Infrastructure.Observability;
using ChatGovernance.Infrastructure.Persistence.Claims;
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

    /// <summary>
    /// What goes on with the present trace: a turn that comes soon, and every try of one that failed. One that waits for the clock (the
    /// end in eight hours) is a trace of its own.
    /// </summary>
    public static string? TraceOf(DateTimeOffset? due, DateTimeOffset now) => due <= now + Backoff.Longest ? Traces.Current : null;

    /// <summary>A turn that comes not before an instant; none stays none.</summary>
    public static DateTimeOffset? NotBefore(DateTimeOffset? due, DateTimeOffset? notBefore) => due < notBefore ? notBefore : due;
}
