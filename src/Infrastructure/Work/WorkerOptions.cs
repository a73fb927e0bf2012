namespace ChatGovernance.Infrastructure.Work;

/// <summary>The section <c>Workers</c> of the configuration.</summary>
public sealed class WorkerOptions
{
    public const string Section = "Workers";

    public static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(10);

    /// <summary>This replica also does background work.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// What a replica has begun, another takes up so long after it was last heard of. Renewed every third of it, so that at
    /// least two thirds are left when a call to Keycloak begins: the call's time-out is no longer than that.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);
}
