using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.TestSupport.Fakes;

/// <summary>
/// A directory in memory. What it is asked for and knows nothing of is <c>Absent</c>, as in Keycloak; a test makes it
/// doubt, lose answers or ignore changes.
/// </summary>
public sealed class FakeDirectory(TimeProvider time) : IDirectory
{
    private readonly Lock gate = new();
    private readonly Dictionary<PersonId, Person> people = [];
    private readonly Dictionary<GroupId, (GroupRef Group, HashSet<PersonId> Members)> groups = [];
    private readonly Dictionary<TargetId, TargetFacts> targets = [];
    private readonly HashSet<(PersonId, TargetId)> held = [];
    private readonly Dictionary<(PersonId, TargetId), LastChange> changes = [];
    private readonly List<DirectoryEvent> events = [];
    private readonly List<Action> late = [];
    private readonly Dictionary<string, int> calls = [];

    public static readonly PersonId Self = new("p-self");

    public string RealmId { get; set; } = "realm-1";

    /// <summary>Asked with the name of each call: what it doubts, or null.</summary>
    public Func<string, Doubt?> Doubts { get; set; } = _ => null;

    /// <summary>Asked for the name of each group that is looked for: what it doubts of this one, or null.</summary>
    public Func<string, Doubt?> DoubtsGroup { get; set; } = _ => null;

    /// <summary>Asked for each person that is read: what it doubts of this one, or null.</summary>
    public Func<PersonId, Doubt?> DoubtsPerson { get; set; } = _ => null;

    /// <summary>Runs before a call is answered: where a test holds it up, and others act in that moment.</summary>
    public Func<string, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    /// <summary>What becomes of a change that is sent.</summary>
    public ChangeFate Fate { get; set; } = ChangeFate.Made;

    /// <summary>Runs after a change took effect and before it is answered: what others do in that moment.</summary>
    public Func<Task> AfterEffect { get; set; } = () => Task.CompletedTask;

    public IReadOnlyList<string> ResidualPaths { get; set; } = [];

    /// <summary>False: admin events are off, so there is never a newest one.</summary>
    public bool KeepsEvents { get; set; } = true;

    /// <summary>False: admin events were switched off; those that are stored stay.</summary>
    public bool WritesEvents { get; set; } = true;

    /// <summary>So many events are answered at once.</summary>
    public int EventsAtOnce { get; set; } = int.MaxValue;

    public IReadOnlyDictionary<string, int> Calls => calls;

    public int ChangesSent => calls.GetValueOrDefault(nameof(Assign)) + calls.GetValueOrDefault(nameof(Remove));

    public Person Add(PersonRef person, params IReadOnlyList<ChatAccount> accounts)
    {
        var added = new Person
        {
            Id = person.Id,
            Username = person.Id.Value,
            Name = person.Name,
            Enabled = true,
            IsServiceAccount = false,
            Attributes = new Dictionary<string, IReadOnlyList<string>> { ["slack-id"] = [.. accounts.Select(account => account.Handle)] },
        };
        people[person.Id] = added;
        return added;
    }

    public void Change(PersonRef person, Func<Person, Person> change)
    {
        people[person.Id] = change(people[person.Id]);
        Happened(new DirectoryEvent.OfPerson(person.Id, time.GetUtcNow()));
    }

    public void Delete(PersonRef person)
    {
        people.Remove(person.Id);
        Happened(new DirectoryEvent.OfPerson(person.Id, time.GetUtcNow()));
    }

    /// <summary>An administrator changes what a target is or brings.</summary>
    public void Change(TargetId target, Func<TargetFacts, TargetFacts> change)
    {
        targets[target] = change(targets[target]);
        Happened(new DirectoryEvent.OfTarget(target, time.GetUtcNow()));
    }

    /// <summary>What was sent while its fate was to be delayed takes effect.</summary>
    public void TakesEffect()
    {
        lock (gate)
        {
            late.ForEach(change => change());
            late.Clear();
        }
    }

    public void Add(GroupRef group, params IReadOnlyList<PersonRef> members) => groups[group.Id] = (group, [.. members.Select(member => member.Id)]);

    public void Leave(GroupRef group, PersonRef member) => groups[group.Id].Members.Remove(member.Id);

    /// <summary>An administrator takes somebody out of a group.</summary>
    public void LeaveOutside(GroupRef group, PersonRef member)
    {
        Leave(group, member);
        Happened(new DirectoryEvent.OfHolding(member.Id, new TargetId(TargetKind.Group, group.Id.Value), time.GetUtcNow()));
    }

    public void Add(TargetFacts target) => targets[target.Id] = target;

    public void Delete(TargetId target)
    {
        targets.Remove(target);
        Happened(new DirectoryEvent.OfTarget(target, time.GetUtcNow()));
    }

    public bool Enabled(PersonRef person) => people[person.Id].Enabled;

    public bool Has(PersonRef person, TargetId target) => held.Contains((person.Id, target));

    /// <summary>An administrator gives it.</summary>
    public void GiveOutside(PersonRef person, TargetId target) => Set(person.Id, target, added: true, byUs: false);

    /// <summary>An administrator takes it away.</summary>
    public void TakeOutside(PersonRef person, TargetId target) => Set(person.Id, target, added: false, byUs: false);

    public Task<Reading<DirectoryIdentity>> ReadIdentity(CancellationToken ct) =>
        Answer(nameof(ReadIdentity), () => new Reading<DirectoryIdentity>.Known(new DirectoryIdentity(RealmId, Self, TimeSpan.FromMinutes(5))));

    public Task<Reading<IReadOnlyList<TargetFacts>>> ReadRequestable(CancellationToken ct) =>
        Answer(nameof(ReadRequestable), () => Known<IReadOnlyList<TargetFacts>>([.. targets.Values.Where(target => target.Levels[0].Attributes.ContainsKey(Attributes.Requestable))]));

    /// <summary>What a person has besides what is held directly: by a composite role, or by a group below.</summary>
    public HashSet<(PersonId, TargetId)> HeldInEffect { get; } = [];

    public async Task<TargetSearch> FindTarget(string name, CancellationToken ct) => await Answer(nameof(FindTarget), () => Known(name)) switch
    {
        Reading<string>.Unknown unknown => new TargetSearch.Unknown(unknown.Why),
        _ => targets.Values.Where(target => target.Name == name).ToList() switch
        {
            [] => new TargetSearch.NotFound(),
            [var only] => new TargetSearch.Found(new TargetRef(only.Id, only.Name)),
            _ => new TargetSearch.Ambiguous(),
        },
    };

    public Task<Reading<bool>> HoldsInEffect(PersonId person, TargetId target, CancellationToken ct) => Answer(
        nameof(HoldsInEffect),
        () => people.ContainsKey(person) && targets.ContainsKey(target) ? Known(held.Contains((person, target)) || HeldInEffect.Contains((person, target))) : new Reading<bool>.Absent());

    public Task<Reading<TargetFacts>> ReadTarget(TargetId target, CancellationToken ct) =>
        Answer(nameof(ReadTarget), () => targets.TryGetValue(target, out var facts) ? Known(facts) : new Reading<TargetFacts>.Absent());

    public async Task<GroupSearch> FindGroup(string name, CancellationToken ct) => await Answer(nameof(FindGroup), () => Known(name)) switch
    {
        Reading<string>.Unknown unknown => new GroupSearch.Unknown(unknown.Why),
        _ when DoubtsGroup(name) is { } why => new GroupSearch.Unknown(why),
        _ => groups.Values.Where(group => group.Group.Path == name || $"id:{group.Group.Id}" == name).ToList() switch
        {
            [] => new GroupSearch.NotFound(),
            [var only] => new GroupSearch.Found(only.Group),
            _ => new GroupSearch.Ambiguous(),
        },
    };

    public Task<Reading<IReadOnlyList<Person>>> ReadMembers(GroupId group, CancellationToken ct) => Answer(nameof(ReadMembers), () => groups.TryGetValue(group, out var found)
        ? Known<IReadOnlyList<Person>>([.. found.Members.Where(people.ContainsKey).Select(member => people[member]).OrderBy(person => person.Id.Value, StringComparer.Ordinal)])
        : new Reading<IReadOnlyList<Person>>.Absent());

    public Task<Reading<Person>> ReadPerson(PersonId person, CancellationToken ct) =>
        Answer(nameof(ReadPerson), () => DoubtsPerson(person) is { } why ? new Reading<Person>.Unknown(why)
            : people.TryGetValue(person, out var found) ? Known(found) : new Reading<Person>.Absent());

    public Task<Reading<IReadOnlyList<Person>>> FindByAttribute(string attribute, string value, CancellationToken ct) =>
        Answer(nameof(FindByAttribute), () => Known<IReadOnlyList<Person>>([.. people.Values.Where(person => person.Values(attribute).Contains(value))]));

    public Task<Reading<IReadOnlyList<Person>>> FindByUsername(string username, CancellationToken ct) => Answer(
        nameof(FindByUsername),
        () => Known<IReadOnlyList<Person>>([.. people.Values.Where(person => string.Equals(person.Username, username, StringComparison.OrdinalIgnoreCase))]));

    public Task<Reading<IReadOnlyList<Person>>> FindByVerifiedEmail(string email, CancellationToken ct) => Answer(
        nameof(FindByVerifiedEmail),
        () => Known<IReadOnlyList<Person>>([.. people.Values.Where(person => string.Equals(person.VerifiedEmail, email, StringComparison.OrdinalIgnoreCase))]));

    public Task<Reading<bool>> OnlyAdministratorsWrite(string attribute, CancellationToken ct) => Answer(nameof(OnlyAdministratorsWrite), () => Known(true));

    public Task<Reading<bool>> IsMember(PersonId person, GroupId group, CancellationToken ct) => Answer(nameof(IsMember), () =>
        people.ContainsKey(person) && groups.TryGetValue(group, out var found) ? Known(found.Members.Contains(person)) : new Reading<bool>.Absent());

    public Task<Reading<bool>> Holds(PersonId person, TargetId target, CancellationToken ct) => Answer(nameof(Holds), () =>
        people.ContainsKey(person) && targets.ContainsKey(target) ? Known(held.Contains((person, target))) : new Reading<bool>.Absent());

    public Task<DirectoryChange> Assign(PersonId person, TargetId target, CancellationToken ct) => Make(nameof(Assign), person, target, added: true);

    public Task<DirectoryChange> Remove(PersonId person, TargetId target, CancellationToken ct) => Make(nameof(Remove), person, target, added: false);

    /// <summary>What is answered when sessions are to be ended, and each time for whom.</summary>
    public DirectoryChange SessionsEnd { get; set; } = new DirectoryChange.Accepted();

    public List<PersonId> LoggedOut { get; } = [];

    public Task<DirectoryChange> EndSessions(PersonId person, CancellationToken ct)
    {
        lock (gate)
        {
            LoggedOut.Add(person);
            return Task.FromResult(SessionsEnd);
        }
    }

    public Task<Reading<LastChange>> ReadLastChange(PersonId person, TargetId target, CancellationToken ct) => Answer(nameof(ReadLastChange), () =>
        KeepsEvents && changes.TryGetValue((person, target), out var change) ? Known(change) : new Reading<LastChange>.Absent());

    public Task<Reading<DirectoryEvents>> ReadChangesSince(DateTimeOffset since, CancellationToken ct) => Answer(nameof(ReadChangesSince), () =>
    {
        var found = KeepsEvents ? events.Where(each => each.At >= since).ToList() : [];
        return Known(found.Count <= EventsAtOnce ? new DirectoryEvents(found, null) : new DirectoryEvents(found[..EventsAtOnce], found[EventsAtOnce - 1].At));
    });

    /// <summary>Logins that were denied; what a test adds.</summary>
    public List<DeniedLogin> Denials { get; } = [];

    public Task<Reading<DeniedLogins>> ReadDeniedLoginsSince(DateTimeOffset since, CancellationToken ct) => Answer(nameof(ReadDeniedLoginsSince), () =>
    {
        var found = Denials.Where(each => each.At >= since).OrderBy(each => each.At).ToList();
        return Known(found.Count <= EventsAtOnce ? new DeniedLogins(found, null) : new DeniedLogins(found[..EventsAtOnce], found[EventsAtOnce - 1].At));
    });

    public Task<Reading<IReadOnlyList<string>>> ReadResidualPaths(PersonId person, TargetId target, CancellationToken ct) =>
        Answer(nameof(ReadResidualPaths), () => Known(ResidualPaths));

    private static Reading<T> Known<T>(T value) => new Reading<T>.Known(value);

    private async Task<Reading<T>> Answer<T>(string call, Func<Reading<T>> answer)
    {
        await BeforeAnswer(call);
        lock (gate)
        {
            calls[call] = calls.GetValueOrDefault(call) + 1;
            return Doubts(call) is { } why ? new Reading<T>.Unknown(why) : answer();
        }
    }

    private async Task<DirectoryChange> Make(string call, PersonId person, TargetId target, bool added)
    {
        lock (gate)
        {
            calls[call] = calls.GetValueOrDefault(call) + 1;
            if (Doubts(call) is { } why)
                return new DirectoryChange.Rejected(why);
            if (Fate == ChangeFate.Rejected || !people.ContainsKey(person) || !targets.ContainsKey(target))
                return new DirectoryChange.Rejected(Doubt.Forbidden);
            if (Fate is ChangeFate.Made or ChangeFate.AnswerLost || (Fate is ChangeFate.RemovalDelayed && added))
                Set(person, target, added, byUs: true);
            else if (Fate is ChangeFate.RemovalDelayed or ChangeFate.Delayed)
                late.Add(() => Set(person, target, added, byUs: true));
        }

        await AfterEffect();
        return Fate is ChangeFate.Made or ChangeFate.Ignored || (Fate is ChangeFate.RemovalDelayed && added) ? new DirectoryChange.Accepted() : new DirectoryChange.Uncertain(Doubt.Away);
    }

    private void Set(PersonId person, TargetId target, bool added, bool byUs)
    {
        // Keycloak writes no event for a group when nothing changes, and one for a role each time.
        var changed = added ? held.Add((person, target)) : held.Remove((person, target));
        if (!WritesEvents || (!changed && target.Kind == TargetKind.Group))
            return;
        changes[(person, target)] = new LastChange(added, byUs, time.GetUtcNow());
        if (!(added && byUs))
            Happened(new DirectoryEvent.OfHolding(person, target, time.GetUtcNow()));
    }

    private void Happened(DirectoryEvent each)
    {
        if (WritesEvents)
            events.Add(each);
    }
}

/// <summary>What becomes of a change that is sent to the directory.</summary>
public enum ChangeFate
{
    Made,

    /// <summary>Made, but the answer is lost.</summary>
    AnswerLost,

    /// <summary>Not made, and nobody knows.</summary>
    RequestLost,

    /// <summary>A removal is not answered, and made when the test says so; what is given is given.</summary>
    RemovalDelayed,

    /// <summary>Nothing is answered, and all of it made when the test says so.</summary>
    Delayed,

    /// <summary>Answered as made, without effect.</summary>
    Ignored,

    Rejected,
}
