using System.Diagnostics;
using ChatGovernance.Core.Audit;

namespace ChatGovernance.Core.Work;

/// <summary>Raises and ends alarms, each with its line in the audit.</summary>
public sealed class Alarms(IDeployment deployment, ICommits commits, TimeProvider time)
{
    public Task<DateTimeOffset?> RaisedAt(Alarm alarm, CancellationToken ct) => deployment.RaisedAt(alarm, ct);

    /// <param name="problem">What is wrong, where the alarm itself does not say it.</param>
    /// <returns>Since when it has been raised.</returns>
    public async Task<DateTimeOffset> Raise(Alarm alarm, CancellationToken ct, string? problem = null)
    {
        if (await deployment.RaisedAt(alarm, ct) is { } before)
            return before;

        var now = time.GetUtcNow();
        await commits.Commit(new Changes { Alarm = new AlarmChange(alarm, now), Audit = [Row(alarm, raised: true, now, problem)] }, ct);
        return await deployment.RaisedAt(alarm, ct) ?? now;
    }

    public async Task End(Alarm alarm, CancellationToken ct)
    {
        if (await deployment.RaisedAt(alarm, ct) is not null)
            await commits.Commit(new Changes { Alarm = new AlarmChange(alarm, RaisedAt: null), Audit = [Row(alarm, raised: false, time.GetUtcNow())] }, ct);
    }

    private static AuditEntry Row(Alarm alarm, bool raised, DateTimeOffset now, string? problem = null) => new()
    {
        Kind = (alarm, raised) switch
        {
            (Alarm.OtherRealm, true) => AuditKind.RealmChanged,
            (Alarm.OtherRealm, false) => AuditKind.RealmReturned,
            (Alarm.Frozen, true) => AuditKind.AccessFrozen,
            (Alarm.Frozen, false) => AuditKind.AccessUnfrozen,
            (Alarm.MuchIsGone, true) => AuditKind.MuchGone,
            (Alarm.MuchIsGone, false) => AuditKind.MuchGoneOver,
            (Alarm.LoginActionOff, true) => AuditKind.LoginActionOff,
            (Alarm.LoginActionOff, false) => AuditKind.LoginActionOn,
            (Alarm.PolicyBroken, true) => AuditKind.PolicyBroken,
            (Alarm.PolicyBroken, false) => AuditKind.PolicyMended,
            _ => throw new UnreachableException(),
        },
        Subject = Subject.System,
        At = now,
        Facts = problem is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["problem"] = problem },
    };
}
