using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using ChatGovernance.TestSupport.Persistence;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>
/// The whole domain on a database of its own, beside a directory and a chat in memory, on a clock that only the test moves.
/// Alice asks; Bob and Carol are approvers; Mallory is nobody in particular. One sealed class per database derives.
/// </summary>
/// <param name="login">Null: everybody can log in, in whatever way.</param>
public abstract class UseCaseTests(DatabaseKind kind, PeopleOptions? people = null, LoginAvailability? login = null) : IAsyncLifetime
{
    /// <summary>Whose members are the security team.</summary>
    protected const string SecurityGroup = "/security";

    private TestStore? store;
    private Workers? workers;

    protected ManualClock Clock { get; } = new();

    protected FakeDirectory Directory { get; private set; } = null!;

    protected FakeChat Chat { get; } = new();

    protected CrashingCommits Commits { get; private set; } = null!;

    protected TestStore Store => store ?? throw new InvalidOperationException("The test has not started.");

    private protected Workers Workers => workers ?? throw new InvalidOperationException("The test has not started.");

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Null: nobody outside is told anything.</summary>
    protected virtual IWebhookOutbox? Outbox => null;

    protected virtual IWebhookTargets Receivers { get; } = new Workers.NoReceivers();

    public virtual async ValueTask InitializeAsync()
    {
        Directory = new FakeDirectory(Clock);
        store = await TestStore.Create(kind, Clock, new AuditMirror([Chat]), webhooks: Outbox);
        Commits = new CrashingCommits(store.Commits);
        workers = new Workers(store, Commits, Directory, Chat, Receivers, Clock, people ?? new PeopleOptions(), login ?? new LoginAvailability(null));
        foreach (var person in new[] { Alice, Bob, Carol, Mallory })
        {
            Directory.Add(person, AccountOf(person));
            Chat.Add(AccountOf(person));
        }

        Directory.Add(ApproverGroup, Bob, Carol);
        Offer();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (store is not null)
        {
            (await store.Verifier.Verify(Ct)).Break.ShouldBeNull("The audit's chain must verify after every test.");
            await store.DisposeAsync();
        }
    }

    /// <summary>The target with these attributes on top of what makes it requestable.</summary>
    protected void Offer(params IReadOnlyList<(string Name, string Value)> attributes)
    {
        var facts = Targets.ATarget(attributes);
        Directory.Add(facts);
        Workers.Catalog.Current = Targets.ACatalog(new CatalogEntry(facts.Id, facts.Name, Rule(), []));
    }

    /// <summary>Alice sends the form; nothing is worked on yet.</summary>
    protected Task Send(string duration = "8h", PersonRef? by = null, string ticket = "") => Press(new Command.SubmitRequest(
        AccountOf(by ?? Alice),
        new FormId(KnownIds.Number(1)),
        new FormInput(new Dictionary<string, string>
        {
            [Fields.Target] = Database.ToString(),
            [Fields.Duration] = duration,
            [Fields.Justification] = "To repair the nightly import.",
            [Fields.Ticket] = ticket,
        })));

    /// <summary>Alice's request, sent and opened.</summary>
    protected async Task<RequestId> Ask(string duration = "8h", PersonRef? by = null, string ticket = "")
    {
        var before = (await RequestsOf(by ?? Alice)).Select(request => request.Id).ToHashSet();
        await Send(duration, by, ticket);
        await Work();
        return (await RequestsOf(by ?? Alice)).Single(request => !before.Contains(request.Id)).Id;
    }

    /// <summary>Alice takes the target at once, as far as she may.</summary>
    protected async Task<RequestId> TakeInEmergency()
    {
        var before = (await RequestsOf(Alice)).Select(request => request.Id).ToHashSet();
        await Press(new Command.SubmitRequest(
            AccountOf(Alice),
            new FormId(KnownIds.Number(1)),
            new FormInput(new Dictionary<string, string>
            {
                [Fields.Target] = Database.ToString(),
                [Fields.Duration] = "8h",
                [Fields.Justification] = "The database is down.",
                [Fields.How] = Submission.InEmergency,
            })));
        await Work();
        return (await RequestsOf(Alice)).Single(request => !before.Contains(request.Id)).Id;
    }

    /// <summary>A click; nothing is worked on yet.</summary>
    protected Task Vote(RequestId request, PersonRef by, Choice choice = Choice.Approve, string? reason = null) =>
        Press(new Command.CastVote(AccountOf(by), request, choice, reason), Subject.Of(request));

    /// <summary>Asked and approved by Bob, as far as it goes.</summary>
    protected async Task<RequestId> AskAndApprove(string duration = "8h")
    {
        var request = await Ask(duration);
        await Vote(request, Bob);
        await Work();
        return request;
    }

    protected Task Press(Command command, Subject? subject = null) => Workers.Deliver(command, subject ?? Subject.Of(command.Sender!.Value), Ct);

    /// <summary>Everything that is due now, and what comes of it.</summary>
    protected Task Work() => Workers.Work(Ct);

    /// <summary>Lets time pass, working on what falls due when it does.</summary>
    protected Task Pass(TimeSpan time) => Workers.Pass(time, Ct);

    /// <summary>The directory's events since then are read, as every minute; nothing is worked on yet.</summary>
    protected Task<Followed> Follow(DateTimeOffset since) => Workers.Follow(since, Ct);

    protected async Task<AccessRequest> Load(RequestId request) => (await Store.Requests.Load(request, Ct)).ShouldNotBeNull().Value;

    protected async Task<GrantState> GrantOf(RequestId request) => (await Store.Entitlements.FindGrant(request, Ct)).ShouldNotBeNull().Grant.State;

    protected async Task<T> StateOf<T>(RequestId request)
        where T : RequestState
    {
        var loaded = await Load(request);
        return loaded.State.ShouldBeOfType<T>($"held up by {loaded.HeldUpBy}, next look at {await Store.Claims.NextDue(WorkKind.Request, Ct):HH:mm:ss}, now {Clock.GetUtcNow():HH:mm:ss}");
    }

    protected async Task<Entitlement> EntitlementOf(PersonRef person) => (await Store.Entitlements.Find(person.Id, Database, Ct)).ShouldNotBeNull().Value;

    protected Task<IReadOnlyList<AccessRequest>> RequestsOf(PersonRef person) => Store.Overview.Requests(AccountOf(person), person.Id, 100, Ct);

    /// <summary>Titles of what this person was sent, cards as they are shown now.</summary>
    protected IReadOnlyList<string> TitlesTo(PersonRef person) => [.. Chat.To(AccountOf(person)).Select(message => message.Message.Title)];

    protected int Told(PersonRef person, string beginning) => TitlesTo(person).Count(title => title.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>One of its lines begins so.</summary>
    protected static bool Says(FakeChat.Said message, string beginning) =>
        message.Message.Lines.Prepend(message.Message.Title).Any(line => line.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Every line in the audit channel.</summary>
    protected IReadOnlyList<string> AuditLines => [.. Chat.InAuditChannel.SelectMany(message => message.Message.Lines.Prepend(message.Message.Title))];

    /// <summary>From now on reading the catalog throws, so many times.</summary>
    protected void CatalogHasABug(int times = int.MaxValue) => Workers.Catalog.FailsNext = times;

    /// <summary>The directory gives no answer to any call.</summary>
    protected void DirectoryIsAway() => Directory.Doubts = _ => Core.Doubt.Away;

    protected void DirectoryIsBack() => Directory.Doubts = _ => null;
}
