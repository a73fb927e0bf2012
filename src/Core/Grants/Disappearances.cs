using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>
/// Whether something gone may be taken for gone. A directory that lost its data, or was set back to an older copy, answers 404
/// as one does in which somebody was deleted: so others that grants rest on are asked for. Where most of those are gone, too,
/// no grant ends for it, and the security team is told; after a day, in which an administrator could restore what was lost, it stands.
/// </summary>
public sealed class Disappearances(IDirectory directory, IEntitlements entitlements, Alarms alarms, TimeProvider time)
{
    /// <summary>So many other people and other targets are asked for.</summary>
    public const int Witnesses = 5;

    public static readonly TimeSpan UntilBelieved = TimeSpan.FromDays(1);

    internal async Task<bool> AreBelieved(Entitlement entitlement, CancellationToken ct)
    {
        if (!await IsMuchGone(entitlement.Person.Id, entitlement.Target, ct))
            return true;

        return time.GetUtcNow() - await alarms.Raise(Alarm.MuchIsGone, ct) >= UntilBelieved;
    }

    /// <summary>Ends the alarm once most is there again, or no grant rests any more on what is not.</summary>
    public async Task LookAgain(CancellationToken ct)
    {
        if (await alarms.RaisedAt(Alarm.MuchIsGone, ct) is not null && !await IsMuchGone(null, null, ct))
            await alarms.End(Alarm.MuchIsGone, ct);
    }

    private async Task<bool> IsMuchGone(PersonId? butPerson, TargetId? butTarget, CancellationToken ct)
    {
        var people = await Read((await entitlements.PeopleWithGrants(butPerson, Witnesses, ct)).Select(person => directory.ReadPerson(person, ct)));
        var targets = await Read((await entitlements.TargetsWithGrants(butTarget, Witnesses, ct)).Select(target => directory.ReadTarget(target, ct)));
        return MostGone(people) || MostGone(targets);
    }

    private static async Task<IReadOnlyList<Reading<T>>> Read<T>(IEnumerable<Task<Reading<T>>> readings) => await Task.WhenAll(readings);

    /// <summary>One alone is nothing much, and what cannot be read says nothing.</summary>
    private static bool MostGone<T>(IReadOnlyList<Reading<T>> readings)
    {
        var gone = readings.Count(reading => reading is Reading<T>.Absent);
        return gone >= 2 && gone > readings.Count(reading => reading is Reading<T>.Known);
    }
}
