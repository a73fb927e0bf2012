using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>What somebody asked for in the form at a login: filed for them, and then a request as any other.</summary>
public abstract class FiledAtLoginTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task It_is_asked_approved_and_given_and_the_person_is_told_in_chat()
    {
        await File(Alice, Hours(8), Database);
        var request = (await RequestsOf(Alice)).ShouldHaveSingleItem();
        (request.Filing.LoggedIn, request.Filing.From, request.Beneficiary).ShouldBe((Alice.Id, AccountOf(Alice), Alice));
        Told(Alice, $"Your request for {DatabaseName} waits for a decision").ShouldBe(1);

        await Vote(request.Id, Bob);
        await Work();
        Directory.Has(Alice, Database).ShouldBeTrue();
        Told(Alice, $"Granted: you now have {DatabaseName}").ShouldBe(1);
        (await Store.Matches.Of(AccountOf(Alice), Ct)).ShouldBeEmpty("a login proves nothing of a chat account");
    }

    [Fact]
    public async Task Each_target_is_a_request_of_its_own_and_one_that_is_named_twice_is_one()
    {
        var other = new TargetId(TargetKind.RealmRole, "r-other");
        Directory.Add(Targets.ATarget() with { Id = other, Name = "other" });
        await File(Alice, Hours(8), Database, other, Database);

        (await RequestsOf(Alice)).Select(request => request.Target).ShouldBe([Database, other], ignoreOrder: true);
    }

    [Fact]
    public async Task It_is_asked_for_no_longer_than_the_rule_allows()
    {
        Directory.Add(Targets.ATarget(("max-duration", "1h")));
        Workers.Catalog.Current = Targets.ACatalog(new CatalogEntry(Database, DatabaseName, Rule() with { MaxDuration = Hours(1) }, []));
        await File(Alice, Days(7), Database);

        (await RequestsOf(Alice)).ShouldHaveSingleItem().Length.ShouldBe(new AccessLength.For(Hours(1)));
    }

    [Fact]
    public async Task It_only_files_whoever_may_not_have_it_is_refused_and_told_why()
    {
        Directory.Add(OwnerGroup, Bob);
        Offer(("eligible-group", OwnerGroup.Path));
        await File(Alice, Hours(8), Database);

        (await StateOf<RequestState.Refused>((await RequestsOf(Alice)).Single().Id)).Why.ShouldBeOfType<Refusal.NotEligible>();
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_decides_on_what_they_filed_themselves_at_a_login()
    {
        await File(Bob, Hours(8), Database);
        var request = (await RequestsOf(Bob)).Single().Id;
        await Vote(request, Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBeOfType<Core.Approvals.VoteState.Dropped>();
    }

    [Fact]
    public async Task Whoever_has_no_chat_account_gets_it_all_the_same()
    {
        Directory.Add(Alice);
        await File(Alice, Hours(8), Database);
        var request = (await Store.Requests.Pending(10, Ct)).ShouldHaveSingleItem();
        request.Filing.From.ShouldBeNull();
        await Vote(request.Id, Bob);
        await Work();

        Directory.Has(Alice, Database).ShouldBeTrue();
        Chat.To(AccountOf(Alice)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_whom_the_directory_does_not_know_is_refused()
    {
        await Press(new Command.FileAtLogin(new PersonId("p-nobody"), [Database], Hours(8), "To repair the nightly import."), new Subject("person:p-nobody"));
        await Work();

        AuditLines.ShouldContain(line => line.Contains("no longer exists", StringComparison.Ordinal));
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task With_the_directory_away_it_waits_and_is_asked_once_it_is_back()
    {
        DirectoryIsAway();
        await File(Alice, Hours(8), Database);
        await Pass(Minutes(10));
        DirectoryIsBack();
        await Pass(Minutes(2));

        Told(Bob, "Alice Archer asks for").ShouldBe(1);
    }

    [Theory, InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task It_is_filed_once_through_a_crash_at_every_commit(CrashAt at)
    {
        Commits.At = at;
        await File(Alice, Hours(8), Database);
        await Pass(Minutes(5));

        var request = (await RequestsOf(Alice)).ShouldHaveSingleItem().Id;
        await Vote(request, Bob);
        await Pass(Minutes(5));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Told(Alice, "Granted").ShouldBe(1);
    }

    private async Task File(PersonRef person, TimeSpan length, params IReadOnlyList<TargetId> targets)
    {
        await Press(new Command.FileAtLogin(person.Id, targets, length, "To repair the nightly import."), new Subject($"person:{person.Id}"));
        await Work();
    }
}

public sealed class SqliteFiledAtLoginTests() : FiledAtLoginTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlFiledAtLoginTests() : FiledAtLoginTests(DatabaseKind.PostgreSql);
