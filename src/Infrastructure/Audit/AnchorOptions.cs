namespace ChatGovernance.Infrastructure.Audit;

/// <summary>The section <c>Audit</c>.</summary>
public sealed class AnchorOptions
{
    /// <summary>A file, best on another machine's disk, to which the audit's head is written daily and on demand; null: none.</summary>
    public string? AnchorFile { get; set; }
}
