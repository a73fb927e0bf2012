using ChatGovernance.Core.Policies;

namespace ChatGovernance.Infrastructure.Scheduling;

/// <summary>The catalog in memory. Readers take the reference; a refresh replaces it whole.</summary>
internal sealed class CurrentCatalog : ICatalog
{
    private volatile Catalog current = Catalog.Empty;
    private readonly TaskCompletionSource attempted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Catalog Current => current;

    /// <summary>The first attempt to read it has ended, well or not.</summary>
    public bool Attempted => FirstAttempt.IsCompleted;

    public Task FirstAttempt => attempted.Task;

    public void Replace(Catalog catalog) => current = catalog;

    public void FirstAttemptEnded() => attempted.TrySetResult();
}
