using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>
/// Reads whom and what the directory's admin events are about, and has the live grants and pending requests of those checked at
/// once. Events decide nothing: what a check reads does. Where they cannot be read, the daily check remains.
/// </summary>
public sealed class FollowDirectory(IDirectory directory, IEntitlements entitlements, IRequests requests, ICatalog catalog, Disappearances disappearances, ICommits commits, TimeProvider time)
{
    /// <summary>Read again each time: an event becomes readable a little after its time, and the directory's clock is not ours.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>A check that came so soon after an event may have read what was before it.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    /// <summary>More pending requests than this are not looked at; each is looked at again at its next vote, at the latest.</summary>
    private const int MostRequests = 5000;

    /// <summary>The same where our clock and the directory's are compared: so much may they differ.</summary>
    public static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    /// <summary>Who could not be reached may have got an account since, and no event of the directory says so: looked at again so often.</summary>
    public static readonly TimeSpan LookAgainEvery = TimeSpan.FromHours(1);

    public async Task<Followed> Run(DateTimeOffset since, CancellationToken ct)
    {
        await disappearances.LookAgain(ct);
        var now = time.GetUtcNow();
        var pending = await requests.Pending(MostRequests, ct);
        if (pending.Count == 0 && !await entitlements.HasLiveGrants(ct))
            return new Followed(now - Overlap, 0, null);

        foreach (var request in pending.Where(request => request.Approvers.Unreachable.Count > 0 && ((RequestState.Pending)request.State).AskedAt <= now - LookAgainEvery))
            await AskingAgain.Run(requests, commits, request.Id, ct);

        var read = await directory.ReadChangesSince(since, ct);
        if (read is not Reading<DirectoryEvents>.Known { Value: var events })
        {
            // What is older than the daily check was seen by it.
            var daily = now - Entitlement.CheckEvery;
            return new Followed(since > daily ? since : daily, 0, AccessChecks.DoubtOf(read));
        }

        var changed = new ChangedSubjects(events.Events);
        foreach (var request in pending.Where(request => changed.NewestAbout(request) is { } at && !(((RequestState.Pending)request.State).AskedAt >= at + ClocksDiffer)))
            await AskingAgain.Run(requests, commits, request.Id, ct);
        var concerned = await Concerned(changed, ct);
        if (concerned.Count > 0)
            await entitlements.CheckSoon(concerned, now, ct);
        var next = events.Through is { } through ? Later(through, since + TimeSpan.FromMilliseconds(1)) : now - Overlap;
        return new Followed(next, concerned.Count, null);
    }

    private async Task<IReadOnlyList<EntitlementId>> Concerned(ChangedSubjects changed, CancellationToken ct)
    {
        if (changed.IsEmpty)
            return [];
        var live = await entitlements.FindLive(changed.People, changed.Targets, changed.RoleNames, ct);
        return [.. live.Where(grant => Newest(changed, grant) is { } at && !(grant.CheckedAt >= at + ClocksDiffer)).Select(grant => grant.Entitlement).Distinct()];
    }

    private DateTimeOffset? Newest(ChangedSubjects changed, LiveGrant grant)
    {
        var eligible = catalog.Current.Find(grant.Target)?.Rule.Eligible.SelectMany(choice => choice.Groups).Select(group => group.Id) ?? [];
        return new[] { changed.NewestAbout(grant), changed.NewestMembership(grant.Person, eligible) }.Max();
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <param name="Next">Where the next reading begins.</param>
/// <param name="ToCheck">Entitlements that are due for a check now.</param>
/// <param name="Why">What kept events from being read; null: they were.</param>
public sealed record Followed(DateTimeOffset Next, int ToCheck, Doubt? Why);
