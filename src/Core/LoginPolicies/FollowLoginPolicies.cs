using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.LoginPolicies;

/// <summary>
/// Tells the audit what was changed of login policies, and not from here, and that the required action is off. It compares what is there
/// with what was there last, by whatever way it was changed; admin events only say that it is time to look.
/// </summary>
public sealed class FollowLoginPolicies(ILoginPolicies policies, ILoginChanges changes, FinishLoginChanges finish, Alarms alarms, ICommits commits, TimeProvider time)
{
    /// <summary>Events may be off, or late: it looks as often as this at the least.</summary>
    public static readonly TimeSpan AtLeast = TimeSpan.FromMinutes(10);

    /// <param name="last">Null: this process has not looked yet.</param>
    public async Task<FollowedLoginPolicies> Run(FollowedLoginPolicies? last, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // Read before what it is about: what is changed after it is seen the next time.
        DateTimeOffset? touched = await policies.LastTouched(ct) is Reading<DateTimeOffset>.Known { Value: var at } ? at : null;
        if (last is { Why: null } && touched == last.TouchedAt && now - last.At < AtLeast)
            return last;

        for (var tries = 0; tries < Conflicts.AtMost; tries++)
        {
            // Before the directory: what is written down meanwhile, by whoever set it, is a conflict and no edit.
            var known = await changes.Known(ct);
            var read = await finish.ReadGuard(ct);
            if (read is not Reading<LoginGuard>.Known { Value: var guard })
                return new FollowedLoginPolicies(now, touched, AccessChecks.DoubtOf(read));
            if (guard.Policies.Count > 0 && !guard.ActionOn)
                await alarms.Raise(Alarm.LoginActionOff, ct);
            else
                await alarms.End(Alarm.LoginActionOff, ct);
            if (await Compare(known, KnownLoginPolicies.Of(guard), now, ct))
                return new FollowedLoginPolicies(now, touched, null);
        }

        return new FollowedLoginPolicies(now, touched, Doubt.Away);
    }

    /// <returns>False: something else has been known meanwhile.</returns>
    private async Task<bool> Compare(KnownLoginPolicies known, IReadOnlyList<KnownLoginPolicy> present, DateTimeOffset now, CancellationToken ct)
    {
        List<Edit> edits =
        [
            .. present.Select(policy => new Edit(policy, known.Policies.FirstOrDefault(policy.IsWhere), policy)).Where(edit => edit.Before is null || !edit.Before.IsSameAs(edit.Policy)),
            .. known.Policies.Where(before => !present.Any(before.IsWhere)).Select(before => new Edit(before, before, null)),
        ];
        if (edits.Count == 0 && !known.IsFirst)
            return true;

        var byHand = new List<Edit>();
        foreach (var edit in known.IsFirst ? [] : edits)
        {
            if (!await IsOurs(edit, ct))
                byHand.Add(edit);
        }

        return await commits.Commit(new Changes
        {
            KnownLoginPolicies = new KnownLoginPoliciesChange(known.Stamp, present),
            Audit = [.. byHand.Select(edit => LoginPolicyAudit.Edited(edit.Policy, edit.Before, edit.After, now))],
        }, ct) == CommitResult.Saved;
    }

    /// <summary>One that was confirmed may be out, and not be written down as made yet.</summary>
    private async Task<bool> IsOurs(Edit edit, CancellationToken ct) =>
        edit.After is { Place: { Kind: LoginPlaceKind.Client, Name: var client } } after
        && await changes.FindOpen(client, ct) is { Value: { State: LoginChangeState.Confirmed } change } && change.After.AreSameAs(after.Rules);

    private sealed record Edit(KnownLoginPolicy Policy, KnownLoginPolicy? Before, KnownLoginPolicy? After);
}

/// <param name="At">When it was looked.</param>
/// <param name="TouchedAt">What events said of the last change then.</param>
/// <param name="Why">What kept policies from being read; null: they were.</param>
public sealed record FollowedLoginPolicies(DateTimeOffset At, DateTimeOffset? TouchedAt, Doubt? Why);
