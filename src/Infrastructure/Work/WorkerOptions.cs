namespace ChatGovernance.Infrastructure.Work;

/// <summary>The section <c>Workers</c> of the configuration.</summary>
public sealed class WorkerOptions
{
    public const string Section = "Workers";

    /// <summary>This replica also does background work.</summary>
    public bool Enabled { get; set; } = true;
}
