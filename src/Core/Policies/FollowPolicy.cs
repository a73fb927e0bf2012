using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Policies;

/// <summary>
/// Finds out which policy holds: the file's as long as it can be read, else the last good one, which is in the database. That another
/// one holds, that the file is broken and that it is mended is each told once, and again only when the file has changed.
/// </summary>
public sealed class FollowPolicy(IPolicyFile file, IPolicies policies, IDeployment deployment, IEntitlements entitlements, Alarms alarms, ICommits commits, TimeProvider time)
{
    private const int ProblemsTold = 3;

    /// <summary>What holds, without telling anybody or keeping anything: for questions.</summary>
    public async Task<PolicyReading> Look(CancellationToken ct)
    {
        if (!file.IsSet)
            return new PolicyReading.Good(Policy.None, "");
        return await file.Read(ct) is var read && read is PolicyReading.Bad && await LastGood(ct) is { } last ? last : read;
    }

    /// <param name="before">What this process found last; null: it has not looked yet.</param>
    public async Task<FollowedPolicy> Run(FollowedPolicy? before, CancellationToken ct)
    {
        var read = file.IsSet ? await file.Read(ct) : new PolicyReading.Good(Policy.None, "");
        if (read is PolicyReading.Good && read.Equals(before?.Read))
            return before!;

        switch (read)
        {
            case PolicyReading.Good good:
                var stored = await Store(good, ct);
                policies.Replace(good.Policy);
                if (before?.Read is not PolicyReading.Good)
                    await alarms.End(Alarm.PolicyBroken, ct);
                // Also where the file was changed, or first set up, while nothing ran.
                if (before is not null || stored)
                    await CheckWhatIsHeld(ct);
                return new FollowedPolicy(read, good.Policy);
            case PolicyReading.Bad bad:
                // Another replica may have read a newer one by now.
                var holds = (await LastGood(ct))?.Policy ?? before?.Holds;
                if (read.Equals(before?.Read) && holds?.Version == before?.Holds?.Version)
                    return before!;
                if (holds is not null)
                {
                    policies.Replace(holds);
                    if (before is not null && holds.Version != before.Holds?.Version)
                        await CheckWhatIsHeld(ct);
                    await alarms.Raise(Alarm.PolicyBroken, ct, string.Join(" ", bad.Problems.Take(ProblemsTold)));
                }

                return new FollowedPolicy(read, holds);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<PolicyReading.Good?> LastGood(CancellationToken ct) =>
        await deployment.Policy(ct) is { Length: > 0 } text ? file.Parse(text) as PolicyReading.Good : null;

    /// <summary>What is held rests on the policy, too.</summary>
    private async Task CheckWhatIsHeld(CancellationToken ct)
    {
        if (await entitlements.TargetsWithLiveGrants(ct) is { Count: > 0 } targets)
            await entitlements.CheckSoon([.. targets], time.GetUtcNow(), ct);
    }

    /// <returns>True: it takes the place of another.</returns>
    private async Task<bool> Store(PolicyReading.Good good, CancellationToken ct)
    {
        CommitResult saved;
        do
        {
            var stored = await deployment.Policy(ct);
            if (stored == good.Text)
                return false;
            saved = await commits.Commit(new Changes { Policy = new PolicyChange(stored, good.Text), Audit = [Row(stored, good)] }, ct);
        }
        while (saved == CommitResult.Conflict);
        return true;
    }

    private AuditEntry Row(string stored, PolicyReading.Good good) => new()
    {
        Kind = AuditKind.PolicyChanged,
        Subject = Subject.System,
        At = time.GetUtcNow(),
        Facts = new Dictionary<string, string>
        {
            ["before"] = stored.Length == 0 ? Policy.None.Version : Policy.VersionOf(stored),
            ["policy"] = good.Policy.Version,
        },
    };
}

/// <param name="Holds">Null: the file is broken, and there is no last good one.</param>
public sealed record FollowedPolicy(PolicyReading Read, Policy? Holds);
