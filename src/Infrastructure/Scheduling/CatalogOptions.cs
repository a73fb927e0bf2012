namespace ChatGovernance.Infrastructure.Scheduling;

/// <summary>What the section <c>Keycloak</c> says of the catalog.</summary>
public sealed class CatalogOptions
{
    /// <summary>How old the list of what can be requested may get: from one second to a day.</summary>
    public TimeSpan CatalogRefresh { get; set; } = TimeSpan.FromMinutes(1);
}
