namespace ChatGovernance.Sandbox.Realm;

/// <summary>One fault; disposing it ends it.</summary>
public sealed class RealmFault : IDisposable
{
    private readonly Func<RecordedCall, bool> when;
    private readonly RealmFaults owner;
    private int left;

    internal RealmFault(RealmEffect effect, bool afterEffect, Func<RecordedCall, bool> when, int times, RealmFaults owner)
    {
        Effect = effect;
        AfterEffect = afterEffect;
        this.when = when;
        left = times;
        this.owner = owner;
    }

    internal RealmEffect Effect { get; }

    internal bool AfterEffect { get; }

    public void Dispose() => owner.Remove(this);

    internal bool TryTake(RecordedCall call)
    {
        if (left == 0 || !when(call))
            return false;
        left--;
        return true;
    }
}
