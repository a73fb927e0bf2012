using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>
/// Whether something gone may be taken for gone. A directory that lost its data, or was set back to an older copy, answers 404
/// as one does in which somebody was deleted: so others that grants rest on are asked for. Where most of those are gone, too,
/// no grant ends for it, and the security team is told; after a day, in which an administrator could restore what was lost, it stands.
/// Where most of them might be gone, because too few could be read, it is asked again.
/// </summary>
public sealed class Disappearances(IDirectory directory, IEntitlements entitlements, Alarms alarms, TimeProvider time)
{
    /// <summary>So many other people and other targets are asked for.</summary>
    public const int Witnesses = 5;

    public static readonly TimeSpan UntilBelieved = TimeSpan.FromDays(1);

    /// <summary>What keeps something from being taken for gone; null: it is gone.</summary>
    internal async Task<Doubt?> Doubts(Entitlement entitlement, CancellationToken ct)
    {
        var (people, targets) = await Read(entitlement.Person.Id, entitlement.Target, ct);
        if (people.MostAreGone || targets.MostAreGone)
            return time.GetUtcNow() - await alarms.Raise(Alarm.MuchIsGone, ct) >= UntilBelieved ? null : Doubt.MuchIsGone;
        return people.MostMayBeGone || targets.MostMayBeGone ? Doubt.Away : null;
    }

    /// <summary>Ends the alarm once nearly all is seen there again, or no grant rests any more on what is not.</summary>
    public async Task LookAgain(CancellationToken ct)
    {
        if (await alarms.RaisedAt(Alarm.MuchIsGone, ct) is null)
            return;

        var (people, targets) = await Read(null, null, ct);
        if (people.AreThere && targets.AreThere)
            await alarms.End(Alarm.MuchIsGone, ct);
    }

    private async Task<(Seen People, Seen Targets)> Read(PersonId? butPerson, TargetId? butTarget, CancellationToken ct)
    {
        var people = await Task.WhenAll((await entitlements.PeopleWithGrants(butPerson, Witnesses, ct)).Select(person => directory.ReadPerson(person, ct)));
        var targets = await Task.WhenAll((await entitlements.TargetsWithGrants(butTarget, Witnesses, ct)).Select(target => directory.ReadTarget(target, ct)));
        return (Seen.Of(people), Seen.Of(targets));
    }

    /// <param name="Silent">Could not be read now. What we may not read, or cannot make sense of, says nothing and is not among them.</param>
    private readonly record struct Seen(int There, int Gone, int Silent)
    {
        /// <summary>One alone is nothing much.</summary>
        public bool MostAreGone => Gone >= 2 && Gone > There + Silent;

        public bool MostMayBeGone => Gone + Silent >= 2 && Gone + Silent > There;

        /// <summary>A few that can never be read must not keep an alarm up for ever: it would let the next loss through.</summary>
        public bool AreThere => Gone < 2 && (Silent == 0 || There > Silent);

        public static Seen Of<T>(IReadOnlyList<Reading<T>> readings) => new(
            readings.Count(reading => reading is Reading<T>.Known),
            readings.Count(reading => reading is Reading<T>.Absent),
            readings.Count(reading => reading is Reading<T>.Unknown { Why: not (Doubt.Forbidden or Doubt.Unreadable) }));
    }
}
