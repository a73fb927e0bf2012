using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>What holders do with what they have, and approvers with its length.</summary>
public abstract class HolderTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task What_is_given_back_is_taken_away_at_once()
    {
        var request = await AskAndApprove();
        await Press(new Command.ReturnGrant(AccountOf(Alice), request));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().ShouldSatisfyAllConditions(
            ended => ended.Why.ShouldBe(EndReason.GivenBack), ended => ended.Outcome.ShouldBe(EndOutcome.Removed));
        Directory.Has(Alice, Database).ShouldBeFalse();
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(1);
    }

    [Theory, InlineData(""), InlineData("database"), InlineData("/ACCESS/Database")]
    public async Task It_is_given_back_by_its_name_too(string name)
    {
        var request = await AskAndApprove();
        await Press(new Command.ReturnNamed(AccountOf(Alice), name));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
    }

    [Fact]
    public async Task A_name_that_fits_nothing_gives_nothing_back_and_says_what_there_is()
    {
        var request = await AskAndApprove();
        await Press(new Command.ReturnNamed(AccountOf(Alice), "warehouse"));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Chat.To(AccountOf(Alice)).SelectMany(message => message.Message.Lines).ShouldContain(line => line.Contains($"Say which: {DatabaseName}"));
    }

    [Fact]
    public async Task Nobody_else_gives_it_back()
    {
        var request = await AskAndApprove();
        await Press(new Command.ReturnGrant(AccountOf(Mallory), request));
        await Press(new Command.ReturnGrant(AccountOf(Bob), request));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Told(Mallory, "Nothing was given back").ShouldBe(1);
        Told(Bob, "Nothing was given back").ShouldBe(1);
    }

    [Fact]
    public async Task Another_account_of_the_holders_waits_for_the_directory_to_say_whose_it_is()
    {
        var request = await AskAndApprove();
        var second = AccountOf(Alice) with { User = "U-second" };
        Chat.Add(second);
        Directory.Change(Alice, person => person with { Attributes = new Dictionary<string, IReadOnlyList<string>> { ["slack-id"] = [AccountOf(Alice).Handle, second.Handle] } });
        DirectoryIsAway();
        await Press(new Command.ReturnGrant(second, request));
        await Pass(Minutes(1));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();

        DirectoryIsBack();
        await Pass(Minutes(5));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.GivenBack);
        Chat.To(second).Count(message => message.Message.Title.Contains("has to wait")).ShouldBe(1);
    }

    [Fact]
    public async Task What_waits_for_the_directory_can_be_given_back_before_it_is_there()
    {
        var request = await Ask();
        await Vote(request, Bob);
        await Workers.WorkOn(WorkKind.Inbox, Ct);
        await Workers.WorkOn(WorkKind.Request, Ct);
        await Press(new Command.ReturnGrant(AccountOf(Alice), request));
        await Workers.WorkOn(WorkKind.Inbox, Ct);
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
        Directory.Has(Alice, Database).ShouldBeFalse();
        Told(Alice, "Granted").ShouldBe(0);
    }

    [Fact]
    public async Task An_extension_is_decided_by_the_same_people_and_moves_the_end()
    {
        var request = await AskAndApprove("4h");
        var end = ((GrantState.Active)await GrantOf(request)).EndsAt!.Value;
        var extension = await Extend(request, "2h");
        Chat.To(AccountOf(Bob)).Select(message => message.Message.Title).ShouldContain($"{Alice.Name} asks to extend {DatabaseName}");
        await Vote(extension, Carol);
        await Work();

        await StateOf<RequestState.Approved>(extension);
        ((GrantState.Active)await GrantOf(request)).EndsAt.ShouldBe(end + Hours(2));
        Told(Alice, "Extended").ShouldBe(1);
        (await EntitlementOf(Alice)).Grants.Count.ShouldBe(1);
        await Pass(Hours(5));
        Directory.Has(Alice, Database).ShouldBeTrue();
        await Pass(Hours(2));
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Time_in_a_row_stays_within_what_the_rule_allows()
    {
        Offer(("max-duration", "6h"));
        var request = await AskAndApprove("4h");
        var since = ((GrantState.Active)await GrantOf(request)).Since;
        var extension = await Extend(request, "6h");
        await Vote(extension, Bob);
        await Work();
        ((GrantState.Active)await GrantOf(request)).EndsAt.ShouldBe(since + Hours(6));

        (await StateOf<RequestState.Refused>(await Extend(request, "1h"))).Why.ShouldBe(new Refusal.LongEnough(Hours(6)));
    }

    [Fact]
    public async Task An_extension_that_nobody_decides_before_the_end_lapses_with_it()
    {
        var request = await AskAndApprove("4h");
        var extension = await Extend(request, "4h");
        await Pass(Hours(5));

        await StateOf<RequestState.Lapsed>(extension);
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task An_end_that_has_begun_is_not_taken_back_by_an_extension()
    {
        var request = await AskAndApprove("4h");
        var extension = await Extend(request, "4h");
        await Press(new Command.ReturnGrant(AccountOf(Alice), request));
        await Work();
        await Vote(extension, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(extension)).Why.ShouldBe(new Refusal.GrantOver());
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Revoked_in_the_moment_in_which_it_is_extended_it_is_gone_and_the_extension_is_refused()
    {
        var request = await AskAndApprove("4h");
        var extension = await Extend(request, "4h");
        await Vote(extension, Bob);
        BeforeTheEndMoves(WorkKind.Request, async () =>
        {
            await Press(new Command.RevokeGrant(AccountOf(Carol), request));
            await Workers.WorkOn(WorkKind.Inbox, Ct);
        });
        await Work();

        (await StateOf<RequestState.Refused>(extension)).Why.ShouldBe(new Refusal.GrantOver());
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.Revoked);
        Directory.Has(Alice, Database).ShouldBeFalse();
        Told(Alice, "Extended").ShouldBe(0);
    }

    [Fact]
    public async Task Extended_in_the_moment_in_which_it_is_revoked_it_is_gone()
    {
        var request = await AskAndApprove("4h");
        var extension = await Extend(request, "4h");
        await Press(new Command.RevokeGrant(AccountOf(Carol), request));
        BeforeTheEndMoves(WorkKind.Inbox, async () =>
        {
            await Vote(extension, Bob);
            await Workers.WorkOn(WorkKind.Inbox, Ct);
            await Workers.WorkOn(WorkKind.Request, Ct);
        });
        await Work();

        (await StateOf<RequestState.Approved>(extension)).By.ShouldBe(Bob);
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.Revoked);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Its_end_coming_in_the_moment_in_which_it_is_extended_ends_it_or_moves_never_both()
    {
        var request = await AskAndApprove("4h");
        var end = ((GrantState.Active)await GrantOf(request)).EndsAt!.Value;
        var extension = await Extend(request, "4h");
        Clock.Advance(end - Clock.GetUtcNow() - TimeSpan.FromSeconds(1));
        await Vote(extension, Bob);
        BeforeTheEndMoves(WorkKind.Request, () =>
        {
            Clock.Advance(TimeSpan.FromSeconds(2));
            return Task.CompletedTask;
        });
        await Work();
        await Pass(Minutes(1));

        var moved = (await Load(extension)).State is RequestState.Approved;
        (await GrantOf(request)).ShouldBeOfType(moved ? typeof(GrantState.Active) : typeof(GrantState.Ended));
        Directory.Has(Alice, Database).ShouldBe(moved);
        Told(Alice, "Extended").ShouldBe(moved ? 1 : 0);
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(moved ? 0 : 1);
    }

    [Fact]
    public async Task Nobody_extends_what_is_somebody_elses()
    {
        var request = await AskAndApprove("4h");
        await Press(Extension(request, "4h", Mallory));
        await Work();

        (await StateOf<RequestState.Refused>((await RequestsOf(Mallory)).Single().Id)).Why.ShouldBe(new Refusal.NothingToExtend());
    }

    [Theory, InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task An_end_is_moved_once_through_a_crash_at_every_commit(CrashAt at)
    {
        var request = await AskAndApprove("4h");
        var end = ((GrantState.Active)await GrantOf(request)).EndsAt!.Value;
        Commits.At = at;
        var extension = await Extend(request, "2h");
        await Vote(extension, Bob);
        await Work();

        ((GrantState.Active)await GrantOf(request)).EndsAt.ShouldBe(end + Hours(2));
        Told(Alice, "Extended").ShouldBe(1);
    }

    [Fact]
    public async Task An_approver_may_approve_for_less()
    {
        var request = await Ask("8h");
        await Press(new Command.CastVote(AccountOf(Bob), request, Choice.Approve, null, Hours(1)), Subject.Of(request));
        await Work();

        var active = (GrantState.Active)await GrantOf(request);
        active.EndsAt.ShouldBe(active.Since + Hours(1));
        AuditLines.ShouldContain(line => line.Contains("approve, at most 1 hour"));
        Chat.To(AccountOf(Alice))[0].Message.Facts.ShouldContain(new Fact("Approved for", "1 hour"));
    }

    [Fact]
    public async Task Of_several_approvals_the_shortest_counts()
    {
        Offer(("approvals", "2"));
        var request = await Ask("8h");
        await Press(new Command.CastVote(AccountOf(Bob), request, Choice.Approve, null, Hours(4)), Subject.Of(request));
        await Press(new Command.CastVote(AccountOf(Carol), request, Choice.Approve, null, Hours(6)), Subject.Of(request));
        await Work();

        var active = (GrantState.Active)await GrantOf(request);
        active.EndsAt.ShouldBe(active.Since + Hours(4));
    }

    [Fact]
    public async Task No_approver_gives_more_than_was_asked_for()
    {
        var request = await Ask("2h");
        await Press(new Command.CastVote(AccountOf(Bob), request, Choice.Approve, null, Days(30)), Subject.Of(request));
        await Work();

        var active = (GrantState.Active)await GrantOf(request);
        active.EndsAt.ShouldBe(active.Since + Hours(2));
    }

    [Fact]
    public async Task Who_loses_eligibility_loses_the_access_within_a_minute()
    {
        Directory.Add(OwnerGroup, Alice);
        Offer(("eligible-group", OwnerGroup.Path));
        Workers.Catalog.Current = Targets.ACatalog(new Core.Policies.CatalogEntry(Database, DatabaseName, Rule() with { Eligible = [new Core.Policies.GroupChoice([OwnerGroup])] }, []));
        var request = await AskAndApprove();
        await Pass(Minutes(10));
        var since = Clock.GetUtcNow();
        Directory.LeaveOutside(OwnerGroup, Alice);
        await Follow(since);
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.NoLongerEligible);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Invariant_10_eligibility_that_cannot_be_read_ends_nothing()
    {
        Directory.Add(OwnerGroup, Alice);
        Offer(("eligible-group", OwnerGroup.Path));
        var request = await AskAndApprove();
        Directory.Doubts = call => call == nameof(IDirectory.IsMember) ? Doubt.Forbidden : null;
        await Pass(Days(0) + Hours(7));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
    }

    /// <summary>Something else is done when everything is decided about the grant by such a worker, and nothing is saved yet.</summary>
    private void BeforeTheEndMoves(WorkKind by, Func<Task> meanwhile) => Commits.Before = async changes =>
    {
        if (changes.Entitlement is null || changes.Under?.Kind != by)
            return;
        Commits.Before = _ => Task.CompletedTask;
        await meanwhile();
    };

    private async Task<RequestId> Extend(RequestId request, string duration)
    {
        var before = (await RequestsOf(Alice)).Select(known => known.Id).ToHashSet();
        await Press(Extension(request, duration, Alice));
        await Work();
        return (await RequestsOf(Alice)).Single(known => !before.Contains(known.Id)).Id;
    }

    private static Command.SubmitExtension Extension(RequestId request, string duration, PersonRef by) => new(
        AccountOf(by),
        new FormId(KnownIds.Number(7)),
        request,
        new FormInput(new Dictionary<string, string> { [Fields.Duration] = duration, [Fields.Justification] = "The import is not repaired yet." }));
}

public sealed class SqliteHolderTests() : HolderTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlHolderTests() : HolderTests(DatabaseKind.PostgreSql);
