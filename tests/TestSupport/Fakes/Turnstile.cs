namespace ChatGovernance.TestSupport.Fakes;

/// <summary>Holds up whoever comes through until a test opens it; from then on it is open.</summary>
public sealed class Turnstile
{
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Pass()
    {
        arrived.TrySetResult();
        return opened.Task;
    }

    public void Open() => opened.TrySetResult();

    /// <summary>Ends when somebody stands here; throws when the work that should have come here ended without.</summary>
    public async Task HasArrived(Task work)
    {
        if (await Task.WhenAny(arrived.Task, work) == work && !arrived.Task.IsCompleted)
        {
            await work;
            throw new InvalidOperationException("The work ended before it came here.");
        }
    }
}
