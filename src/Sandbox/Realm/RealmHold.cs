namespace ChatGovernance.Sandbox.Realm;

/// <summary>Calls that wait; whoever sent them may have given up meanwhile, and what they do still takes effect.</summary>
public sealed class RealmHold
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first call is held.</summary>
    public Task Reached => reached.Task;

    /// <summary>Lets go of those that wait and of those to come.</summary>
    public void Release() => released.TrySetResult();

    internal Task Wait()
    {
        reached.TrySetResult();
        return released.Task;
    }
}
