namespace ChatGovernance.Sandbox.Realm;

/// <summary>What goes wrong on purpose. Each fault meets the calls that <c>when</c> names (all, without it), a number of times.</summary>
public sealed class RealmFaults
{
    private readonly Lock gate = new();
    private readonly List<RealmFault> faults = [];

    /// <summary>Answers instead of the realm; nothing takes effect.</summary>
    public RealmFault Answer(
        int status, Func<RecordedCall, bool>? when = null, int times = int.MaxValue, string body = """{"error":"unknown_error"}""",
        string contentType = "application/json", TimeSpan? retryAfter = null) =>
        Add(new RealmEffect.Answer(status, body, contentType, retryAfter), afterEffect: false, when, times);

    /// <summary>Waits before the call is worked on.</summary>
    public RealmFault Delay(TimeSpan by, Func<RecordedCall, bool>? when = null, int times = int.MaxValue) =>
        Add(new RealmEffect.Delay(by), afterEffect: false, when, times);

    /// <summary>Breaks the connection, before or after the call took effect.</summary>
    public RealmFault Drop(bool afterEffect, Func<RecordedCall, bool>? when = null, int times = int.MaxValue) =>
        Add(new RealmEffect.Drop(), afterEffect, when, times);

    /// <summary>Lets the call take effect and sends half of the body that was announced.</summary>
    public RealmFault Truncate(Func<RecordedCall, bool>? when = null, int times = int.MaxValue) =>
        Add(new RealmEffect.Truncate(), afterEffect: true, when, times);

    /// <summary>Keeps calls until <see cref="RealmHold.Release"/>, before or after they took effect.</summary>
    public RealmHold Hold(bool afterEffect, Func<RecordedCall, bool>? when = null, int times = int.MaxValue)
    {
        var hold = new RealmHold();
        Add(new RealmEffect.Hold(hold), afterEffect, when, times);
        return hold;
    }

    /// <summary>Ends every fault and lets go of every call that is held.</summary>
    public void Clear()
    {
        lock (gate)
        {
            foreach (var fault in faults)
            {
                if (fault.Effect is RealmEffect.Hold hold)
                    hold.Held.Release();
            }

            faults.Clear();
        }
    }

    internal IReadOnlyList<RealmEffect> Take(RecordedCall call, bool afterEffect)
    {
        lock (gate)
            return [.. faults.Where(f => f.AfterEffect == afterEffect && f.TryTake(call)).Select(f => f.Effect)];
    }

    private RealmFault Add(RealmEffect effect, bool afterEffect, Func<RecordedCall, bool>? when, int times)
    {
        var fault = new RealmFault(effect, afterEffect, when ?? (_ => true), times, this);
        lock (gate)
            faults.Add(fault);
        return fault;
    }

    internal void Remove(RealmFault fault)
    {
        lock (gate)
            faults.Remove(fault);
    }
}
