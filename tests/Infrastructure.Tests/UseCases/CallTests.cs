using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using Microsoft.Extensions.DependencyInjection;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>The use cases as programs call them, with tokens in the place of chat accounts.</summary>
public abstract class CallTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private readonly Dictionary<PersonRef, Caller> callers = [];

    [Fact]
    public async Task It_is_filed_decided_and_given_without_any_chat_account()
    {
        Directory.Add(Alice);
        var request = await File(Alice);
        await Work();
        (await Decide(request, Bob)).ShouldBeOfType<Judgement.Done>();
        await Work();

        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBeOfType<VoteState.Counted>().Proof.ShouldBe(Actors.TokenProof);
        Directory.Has(Alice, Database).ShouldBeTrue();
        (await Store.Matches.Of(Bob.Id, Ct)).ShouldBeEmpty("a token proves nothing of a chat account");
        AuditLines.ShouldContain("Request: Alice Archer asks (by portal) for /access/database, 8 hours. \"To repair the nightly import.\"");
    }

    [Fact]
    public async Task On_behalf_the_one_it_is_for_is_told_and_the_filer_follows_it()
    {
        var request = await File(Mallory, Alice);
        await Work();
        Told(Mallory, $"Your request for {DatabaseName} waits for a decision").ShouldBe(1);
        await Vote(request, Bob);
        await Work();

        Told(Alice, $"Granted: you now have {DatabaseName}").ShouldBe(1);
        Told(Mallory, "Granted").ShouldBe(0);
        Chat.To(AccountOf(Mallory)).SelectMany(message => message.Message.Actions).ShouldNotContain(action => action.Label == "Give back" || action.Label == "Extend");
        (Directory.Has(Alice, Database), Directory.Has(Mallory, Database)).ShouldBe((true, false));
        AuditLines.ShouldContain(line => line.Contains("asks (by portal, on behalf of Alice Archer)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_behalf_nothing_is_approved_by_rule()
    {
        Directory.Add(OwnerGroup, Alice, Mallory);
        Offer(("auto-approve-group", OwnerGroup.Path));
        var request = await File(Mallory, Alice);
        await Work();

        await StateOf<RequestState.Pending>(request);
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task On_behalf_nothing_is_taken_in_an_emergency()
    {
        Directory.Add(OwnerGroup, Alice, Mallory);
        Offer(("break-glass-group", OwnerGroup.Path));
        (await Judge(Mallory, wanted => wanted with { Beneficiaries = [Alice.Id], Emergency = true })).ShouldBeOfType<Judgement.Refused>().Why.ShouldBeOfType<Refusal.EmergencyOfOthers>();
        (await Judge(Alice, wanted => wanted with { Emergency = true })).ShouldBeOfType<Judgement.Done>();
        await Work();
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_asks_for_a_colleague_learns_nothing_of_what_they_have_or_may_have()
    {
        Directory.Add(OwnerGroup, Mallory);
        Offer(("eligible-group", OwnerGroup.Path));
        (await Judge(Mallory, wanted => wanted with { Beneficiaries = [Alice.Id], Justification = "short" })).ShouldBeOfType<Judgement.Refused>().Why.ShouldBeOfType<Refusal.ReasonTooShort>("that is found before anything is read of them");
        (await Judge(Mallory, wanted => wanted with { Beneficiaries = [Alice.Id] })).ShouldBeOfType<Judgement.Refused>().Why.ShouldBe(new Refusal.NotForThem());
        Offer();
        await File(Alice);
        (await Judge(Mallory, wanted => wanted with { Beneficiaries = [Alice.Id] })).ShouldBeOfType<Judgement.Refused>().Why.ShouldBe(new Refusal.NotForThem());
        (await Judge(Mallory, wanted => wanted with { Beneficiaries = [new PersonId("nobody")] })).ShouldBeOfType<Judgement.Refused>().Why.ShouldBe(new Refusal.NotForThem());
        (await Judge(Mallory, wanted => wanted with { By = wanted.By with { MayFileForOthers = true }, Beneficiaries = [Alice.Id] })).ShouldBeOfType<Judgement.Refused>().Why.ShouldBeOfType<Refusal.AlreadyOpen>();
    }

    [Fact]
    public async Task What_was_asked_for_on_behalf_is_withdrawn_by_either_and_by_nobody_else()
    {
        var request = await File(Mallory, Alice);
        await Work();
        await Press(new Command.CancelRequest(AccountOf(Bob), request), Subject.Of(request));
        await Work();
        await StateOf<RequestState.Pending>(request);
        await Press(new Command.CancelRequest(AccountOf(Alice), request), Subject.Of(request));
        await Work();
        (await StateOf<RequestState.Cancelled>(request)).By.ShouldBe(Alice);
        AuditLines.ShouldContain($"Cancelled by whom it was for ({Alice.Name}).");

        Directory.Add(Alice);
        var second = await File(Mallory, Alice);
        await Work();
        (await Workers.Call(provider => provider.GetRequiredService<CancelRequest>().Judge(new Actor.Caller(Alice.Id), second, Ct), Ct)).ShouldBeOfType<Judgement.Done>();
    }

    [Fact]
    public async Task One_person_has_so_many_open_requests_for_others_and_no_more()
    {
        Workers.Catalog.Current = Targets.ACatalog([.. Enumerable.Range(0, FileRequests.MostForOthers + 1).Select(number => new CatalogEntry(new TargetId(TargetKind.Group, $"g-{number}"), $"/many/{number}", Rule(), []))]);
        DirectoryIsAway();
        Directory.Doubts = call => call == nameof(IDirectory.ReadPerson) ? null : Doubt.Away;
        foreach (var some in Enumerable.Range(0, FileRequests.MostForOthers).Chunk(10))
            (await Judge(Mallory, wanted => wanted with { Beneficiaries = [Alice.Id], Targets = [.. some.Select(Many)] })).ShouldBeOfType<Judgement.Done>();
        (await Judge(Mallory, wanted => wanted with { Beneficiaries = [Alice.Id], Targets = [Many(FileRequests.MostForOthers)] })).ShouldBeOfType<Judgement.Refused>().Why.ShouldBe(new Refusal.EnoughForOthers(FileRequests.MostForOthers));
        (await Judge(Alice, wanted => wanted with { Targets = [Many(FileRequests.MostForOthers)] })).ShouldBeOfType<Judgement.Done>();

        static TargetName Many(int number) => new(TargetKind.Group, $"/many/{number}");
    }

    [Fact]
    public async Task Neither_the_filer_nor_the_one_it_is_for_decides_by_whatever_way()
    {
        var request = await File(Bob, Carol);
        await Work();
        // Nobody but the two of them decides on it, so it is refused; with a third one it waits for that one.
        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.NobodyMayDecide>();

        Directory.Add(ApproverGroup, Bob, Carol, Mallory);
        request = await File(Bob, Carol);
        await Work();
        foreach (var one in (PersonRef[])[Bob, Carol])
        {
            (await Decide(request, one)).ShouldBeOfType<Judgement.Refused>().Why.ShouldBeOfType<Refusal.OwnRequest>();
            await Vote(request, one);
        }

        await Work();
        await StateOf<RequestState.Pending>(request);
        (await Load(request)).Votes.ShouldAllBe(vote => vote.State is VoteState.Dropped);
        (await Decide(request, Mallory)).ShouldBeOfType<Judgement.Done>();
        await Work();
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task Another_account_of_the_same_human_does_not_decide_by_a_token()
    {
        Directory.Add(ApproverGroup, Bob, Carol);
        foreach (var one in (PersonRef[])[Alice, Bob])
            Directory.Change(one, person => person with { Attributes = new Dictionary<string, IReadOnlyList<string>>(person.Attributes) { [Person.PersonIdAttribute] = ["42"] } });
        var request = await File(Alice);
        await Work();

        (await Decide(request, Bob)).ShouldBeOfType<Judgement.Refused>().Why.ShouldBeOfType<Refusal.OwnRequest>();
    }

    [Fact]
    public async Task Who_was_asked_in_chat_and_decides_by_a_token_counts_once()
    {
        Offer(("approvals", "2"));
        var request = await File(Alice);
        await Work();
        (await Decide(request, Bob)).ShouldBeOfType<Judgement.Done>();
        await Vote(request, Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
        await Vote(request, Carol);
        await Work();
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task A_decision_of_high_risk_without_a_fresh_login_is_refused_and_one_that_became_so_meanwhile_does_not_count()
    {
        var request = await File(Alice);
        await Work();
        (await Decide(request, Bob)).ShouldBeOfType<Judgement.Done>();
        Offer(("risk", "high"));
        await Work();
        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBeOfType<VoteState.Dropped>().Why.ShouldBeOfType<Refusal.NotConfirmed>();

        Workers.Catalog.Current = Targets.ACatalog(new CatalogEntry(Database, DatabaseName, Rule() with { Risk = Risk.High }, []));
        (await Decide(request, Carol)).ShouldBeOfType<Judgement.Refused>().Why.ShouldBeOfType<Refusal.LoginNeeded>();
        (await Decide(request, Carol, Clock.GetUtcNow() - DecideByToken.LoginAge)).ShouldBeOfType<Judgement.Refused>().Why.ShouldBeOfType<Refusal.LoginNeeded>();
        (await Decide(request, Carol, Clock.GetUtcNow() - Minutes(1))).ShouldBeOfType<Judgement.Done>();
        await Work();
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task A_filer_who_is_disabled_before_it_is_opened_asks_nobody()
    {
        var request = await File(Mallory, Alice);
        Directory.Change(Mallory, person => person with { Enabled = false });
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.PersonDisabled>();
        Told(Bob, "Mallory").ShouldBe(0);
    }

    [Fact]
    public async Task Several_are_filed_all_or_none()
    {
        var other = new TargetId(TargetKind.RealmRole, "r-other");
        Directory.Add(Targets.ATarget() with { Id = other, Name = "other" });
        Workers.Catalog.Current = Targets.ACatalog(new CatalogEntry(Database, DatabaseName, Rule(), []), new CatalogEntry(other, "other", Rule(), []));
        await Ask();

        var both = (Wanted wanted) => wanted with { Targets = [new TargetName(TargetKind.RealmRole, "other"), new TargetName(TargetKind.Group, DatabaseName)] };
        (await Judge(Alice, both)).ShouldBeOfType<Judgement.Refused>().Why.ShouldBeOfType<Refusal.AlreadyOpen>();
        (await Store.Requests.FindOpen(Alice.Id, other, Ct)).ShouldBeNull();
        (await Judge(Mallory, both)).ShouldBeOfType<Judgement.Done>().Changes.Filed.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_bundle_of_the_policy_file_is_its_targets()
    {
        Workers.Policies.Replace(Policy.None with { Bundles = [new Bundle("on-call", "", [DatabaseName])] });
        (await Judge(Alice, wanted => wanted with { Targets = [], Bundle = "on-call" })).ShouldBeOfType<Judgement.Done>().Changes.Filed.ShouldHaveSingleItem().Target.ShouldBe(Database);
        Workers.Policies.Replace(Policy.None with { Bundles = [new Bundle("all", "", [.. Enumerable.Range(0, 21).Select(number => $"/bundled/{number}")])] });
        Workers.Catalog.Current = Targets.ACatalog([.. Enumerable.Range(0, 21).Select(number => new CatalogEntry(new TargetId(TargetKind.Group, $"g-{number}"), $"/bundled/{number}", Rule(), []))]);
        (await Judge(Mallory, wanted => wanted with { Targets = [], Bundle = "all" })).ShouldBeOfType<Judgement.Refused>().Why.ShouldBe(new Refusal.TooManyAtOnce(FileRequests.AtMost));
        (await Judge(Mallory, wanted => wanted with { Targets = [], Bundle = "nights" })).ShouldBeOfType<Judgement.Refused>().Why.ShouldBe(new Refusal.UnknownBundle("nights"));
    }

    [Fact]
    public async Task What_speaks_against_it_is_said_at_once_and_what_cannot_be_read_waits_with_it()
    {
        (await Judge(Alice, wanted => wanted with { Length = new AccessLength.For(Days(400)) })).ShouldBeOfType<Judgement.Refused>().Why.ShouldBeOfType<Refusal.TooLong>();
        (await Judge(Alice, wanted => wanted with { Justification = "short" })).ShouldBeOfType<Judgement.Refused>().Why.ShouldBeOfType<Refusal.ReasonTooShort>();
        DirectoryIsAway();
        var request = (await Judge(Alice, wanted => wanted)).ShouldBeOfType<Judgement.Done>().Changes.Filed.ShouldHaveSingleItem().Id;
        await Pass(Minutes(5));
        await StateOf<RequestState.Received>(request);
        DirectoryIsBack();
        await Pass(Minutes(2));
        await StateOf<RequestState.Pending>(request);
    }

    [Theory, InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task The_whole_life_by_calls_through_a_crash_at_every_commit(CrashAt at)
    {
        Commits.At = at;
        Judgement? filed;
        do
        {
            filed = await Workers.Call(provider => provider.GetRequiredService<FileRequests>().Judge(Wants(Alice, Clock.GetUtcNow()), Ct), Ct);
        }
        while (filed is null);
        var request = (await Store.Requests.FindOpen(Alice.Id, Database, Ct)).ShouldNotBeNull();
        await Pass(Minutes(5));
        while (await Decide(request, Bob) is null)
        {
        }

        await Pass(Minutes(5));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        while (await Workers.Call(provider => provider.GetRequiredService<ReturnGrant>().Judge(new Actor.Caller(Alice.Id), request, Ct), Ct) is null)
        {
        }

        await Pass(Minutes(5));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
        Directory.Has(Alice, Database).ShouldBeFalse();
        Told(Alice, "Granted").ShouldBe(1);
    }

    /// <summary>Filed and stored; nothing is worked on yet.</summary>
    private async Task<RequestId> File(PersonRef by, PersonRef? beneficiary = null)
    {
        var judged = await Judge(by, wanted => beneficiary is null ? wanted : wanted with { Beneficiaries = [beneficiary.Id] });
        return judged.ShouldBeOfType<Judgement.Done>().Changes.Filed.ShouldHaveSingleItem().Id;
    }

    private async Task<Judgement> Judge(PersonRef by, Func<Wanted, Wanted> of) =>
        (await Workers.Call(provider => provider.GetRequiredService<FileRequests>().Judge(of(Wants(by, Clock.GetUtcNow())), Ct), Ct)).ShouldNotBeNull();

    private Task<Judgement?> Decide(RequestId request, PersonRef by, DateTimeOffset? loggedInAt = null) => Workers.Call(
        provider => provider.GetRequiredService<DecideByToken>().Judge(Caller(by) with { LoggedInAt = loggedInAt }, request, Choice.Approve, null, null, Clock.GetUtcNow(), Ct), Ct);

    private Wanted Wants(PersonRef by, DateTimeOffset now) =>
        new(Caller(by), [new TargetName(TargetKind.Group, DatabaseName)], null, [], null, "To repair the nightly import.", null, Emergency: false, now);

    /// <summary>As the API reads whoever calls: with what the directory says of them, the first time.</summary>
    private Caller Caller(PersonRef person)
    {
        if (!callers.TryGetValue(person, out var caller))
            callers[person] = caller = new Caller(((Reading<Person>.Known)Directory.ReadPerson(person.Id, Ct).Result).Value, "portal", MayFileForOthers: false);
        return caller;
    }
}

public sealed class SqliteCallTests() : CallTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlCallTests() : CallTests(DatabaseKind.PostgreSql);
