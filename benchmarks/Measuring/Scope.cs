namespace ChatGovernance.Benchmarks.Measuring;

/// <summary>How much is measured.</summary>
/// <param name="Quick">So little that the figures say only that it works.</param>
/// <param name="Grants">Due grants of <c>ends</c>, on each side.</param>
internal sealed record Scope(bool Quick, int Grants)
{
    public int Rounds => Quick ? 1 : 5;

    public TimeSpan Round => TimeSpan.FromSeconds(Quick ? 0.5 : 3);
}
