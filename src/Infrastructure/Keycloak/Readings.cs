using ChatGovernance.Core;
using ChatGovernance.Core.Directory;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Turns what a call brought, or threw, into what Core knows. Only Keycloak's own 404 is an absence.</summary>
internal static class Readings
{
    public static async Task<Reading<T>> Read<T>(RealmSight sight, Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return new Reading<T>.Known(await call());
        }
        catch (KeycloakException e) when (e.Failure == KeycloakFailure.NotFound)
        {
            return await IsSameRealm(sight, ct) is { } doubt ? new Reading<T>.Unknown(doubt) : new Reading<T>.Absent();
        }
        catch (KeycloakException e)
        {
            return new Reading<T>.Unknown(DoubtOf(e));
        }
    }

    /// <summary>Null when the realm is there and the one we know; else why a 404 proves nothing.</summary>
    public static async Task<Doubt?> IsSameRealm(RealmSight sight, CancellationToken ct)
    {
        try
        {
            await sight.Realm(ct);
            return null;
        }
        catch (KeycloakException e)
        {
            return DoubtOf(e);
        }
    }

    /// <summary>For reads of lists and settings: a 404 there is no answer to the question.</summary>
    public static async Task<Reading<T>> ReadPresent<T>(Func<Task<T>> call)
    {
        try
        {
            return new Reading<T>.Known(await call());
        }
        catch (KeycloakException e)
        {
            return new Reading<T>.Unknown(DoubtOf(e));
        }
    }

    public static async Task<DirectoryChange> Change(Func<Task> call)
    {
        try
        {
            await call();
            return new DirectoryChange.Accepted();
        }
        catch (KeycloakException e) when (e.Failure is KeycloakFailure.Forbidden or KeycloakFailure.Unauthorized or KeycloakFailure.NotFound or KeycloakFailure.Rejected)
        {
            return new DirectoryChange.Rejected(DoubtOf(e));
        }
        catch (KeycloakException e)
        {
            return new DirectoryChange.Uncertain(DoubtOf(e));
        }
    }

    /// <summary>Where a part of a reading is unknown, so is the whole.</summary>
    public static KeycloakFailure FailureOf(Doubt doubt) => doubt switch
    {
        Doubt.Forbidden => KeycloakFailure.Forbidden,
        Doubt.Unauthorized => KeycloakFailure.Unauthorized,
        Doubt.OtherRealm => KeycloakFailure.OtherRealm,
        Doubt.Away => KeycloakFailure.NoAnswer,
        _ => KeycloakFailure.Unreadable,
    };

    public static Doubt DoubtOf(KeycloakException exception) => exception.Failure switch
    {
        KeycloakFailure.NoAnswer or KeycloakFailure.Unavailable or KeycloakFailure.Conflict => Doubt.Away,
        KeycloakFailure.Forbidden => Doubt.Forbidden,
        KeycloakFailure.Unauthorized => Doubt.Unauthorized,
        KeycloakFailure.OtherRealm => Doubt.OtherRealm,
        KeycloakFailure.Unreadable or KeycloakFailure.NotFound or KeycloakFailure.Rejected => Doubt.Unreadable,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
