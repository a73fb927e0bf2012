namespace ChatGovernance.Infrastructure.Persistence;

/// <summary>The last good snapshot of what can be requested; a restart while Keycloak is away still serves it.</summary>
public interface ICatalogStore
{
    /// <summary>Replaces the one before.</summary>
    /// <param name="at">When it was taken.</param>
    Task Save(byte[] snapshot, DateTimeOffset at, CancellationToken ct);

    /// <summary>Null: none was ever saved.</summary>
    Task<(byte[] Snapshot, DateTimeOffset At)?> Load(CancellationToken ct);
}
