using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>What a live grant rests on changes in the directory, and the directory's events tell of it.</summary>
public abstract class MidLifeTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private DateTimeOffset Lately => Clock.GetUtcNow() - Minutes(1);

    [Fact]
    public async Task A_leavers_access_ends_when_the_directory_tells_of_it()
    {
        var request = await Granted();
        Directory.Change(Alice, person => person with { Enabled = false });
        await HearsOf();

        var ended = await Ended(request);
        (ended.Why, ended.Outcome).ShouldBe((EndReason.PersonDisabled, EndOutcome.Removed));
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task So_it_does_for_somebody_who_is_deleted()
    {
        var request = await Granted();
        Directory.Delete(Alice);
        await HearsOf();

        (await Ended(request)).Why.ShouldBe(EndReason.PersonGone);
    }

    [Fact]
    public async Task So_it_does_where_the_target_is_deleted()
    {
        var request = await Granted();
        Directory.Delete(Database);
        await HearsOf();

        (await Ended(request)).Why.ShouldBe(EndReason.TargetGone);
    }

    [Fact]
    public async Task Invariant_5_what_an_administrator_took_away_ends_the_grant_and_is_not_fought()
    {
        var request = await Granted();
        Directory.TakeOutside(Alice, Database);
        await HearsOf();
        await Pass(Days(1));

        (await Ended(request)).Why.ShouldBe(EndReason.RemovedOutside);
        Directory.Has(Alice, Database).ShouldBeFalse();
        Directory.Calls[nameof(IDirectory.Assign)].ShouldBe(1);
    }

    [Fact]
    public async Task A_target_that_has_become_administrative_is_taken_away_visibly()
    {
        var request = await Granted();
        Directory.Change(Database, BecomesAdministrative);
        await HearsOf();

        var ended = await Ended(request);
        (ended.Why, ended.Outcome).ShouldBe((EndReason.TargetAdministrative, EndOutcome.Removed));
        Directory.Has(Alice, Database).ShouldBeFalse();
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(1);
        AuditLines.ShouldContain(line => line.StartsWith("The end begins: it has come to give the right to administer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_target_that_has_become_administrative_is_noticed_daily_without_any_event()
    {
        Directory.KeepsEvents = false;
        var request = await Granted();
        Directory.Change(Database, BecomesAdministrative);
        await HearsOf();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();

        await Pass(Days(1));
        (await Ended(request)).Why.ShouldBe(EndReason.TargetAdministrative);
    }

    [Fact]
    public async Task Invariant_5_an_administrative_target_that_was_held_before_is_left_to_the_administrators()
    {
        Directory.GiveOutside(Alice, Database);
        var request = await Granted();
        Directory.Change(Database, BecomesAdministrative);
        await HearsOf();

        (await Ended(request)).Outcome.ShouldBe(EndOutcome.KeptHeldBefore);
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task Invariant_10_privileges_that_cannot_be_read_end_nothing_and_are_asked_for_again()
    {
        var request = await Granted();
        Directory.Change(Database, facts => facts with { Privileges = null });
        await HearsOf();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Directory.Has(Alice, Database).ShouldBeTrue();

        Directory.Change(Database, BecomesAdministrative);
        await Pass(Minutes(5));
        (await Ended(request)).Why.ShouldBe(EndReason.TargetAdministrative);
    }

    [Fact]
    public async Task What_we_gave_ourselves_is_not_checked_for_that()
    {
        await Granted();

        (await Follow(Clock.GetUtcNow() - Hours(1))).ToCheck.ShouldBe(0);
    }

    [Fact]
    public async Task An_event_has_its_grants_checked_once_however_often_it_is_read()
    {
        await Granted();
        var before = Clock.GetUtcNow();
        Directory.Change(Alice, person => person with { Username = "alicia" });
        Clock.Advance(Seconds(90));
        (await Follow(before)).ToCheck.ShouldBe(1);
        await Work();
        var checks = Directory.Calls[nameof(IDirectory.ReadTarget)];

        for (var minute = 0; minute < 5; minute++)
        {
            Clock.Advance(Minutes(1));
            (await Follow(before)).ToCheck.ShouldBe(0);
            await Work();
        }

        Directory.Calls[nameof(IDirectory.ReadTarget)].ShouldBe(checks);
    }

    [Fact]
    public async Task A_check_that_came_too_soon_after_an_event_is_made_again()
    {
        await Granted();
        Directory.Change(Alice, person => person with { Username = "alicia" });
        (await Follow(Lately)).ToCheck.ShouldBe(1);
        await Work();
        Clock.Advance(FollowDirectory.Settling);

        (await Follow(Lately)).ToCheck.ShouldBe(1);
    }

    [Fact]
    public async Task What_others_hold_of_the_same_target_concerns_nobody_else()
    {
        await Granted();
        Directory.GiveOutside(Mallory, Database);
        Directory.Change(Bob, person => person with { Enabled = false });

        (await Follow(Lately)).ToCheck.ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_read_while_no_grant_is_live()
    {
        var followed = await Follow(Lately);

        Directory.Calls.ContainsKey(nameof(IDirectory.ReadChangesSince)).ShouldBeFalse();
        followed.Next.ShouldBe(Clock.GetUtcNow() - FollowDirectory.Overlap);
    }

    [Fact]
    public async Task Without_the_right_to_read_events_nothing_ends_and_the_daily_check_remains()
    {
        var request = await Granted();
        Directory.Doubts = call => call == nameof(IDirectory.ReadChangesSince) ? Doubt.Forbidden : null;
        Directory.Change(Alice, person => person with { Enabled = false });
        var followed = await Follow(Lately);
        await Work();

        (followed.Next, followed.Why).ShouldBe((Lately, Doubt.Forbidden));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        await Pass(Days(1));
        (await Ended(request)).Why.ShouldBe(EndReason.PersonDisabled);
    }

    [Fact]
    public async Task More_events_than_are_read_at_once_are_read_in_turns()
    {
        var request = await Granted();
        Directory.EventsAtOnce = 2;
        var next = Clock.GetUtcNow();
        foreach (var person in new[] { Bob, Carol, Mallory, Alice })
        {
            Clock.Advance(Seconds(1));
            Directory.Change(person, each => each with { Enabled = false });
        }

        for (var turns = 0; (await GrantOf(request)) is GrantState.Active; turns++)
        {
            turns.ShouldBeLessThan(5, "The reading must come to its end.");
            next = (await Follow(next)).Next;
            await Work();
        }

        (await Ended(request)).Why.ShouldBe(EndReason.PersonDisabled);
    }

    private static TargetFacts BecomesAdministrative(TargetFacts facts) => facts with { Privileges = new Privileges(["realm-management/realm-admin"], Administrative: true) };

    private async Task<RequestId> Granted()
    {
        var request = await AskAndApprove("3d");
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Clock.Advance(Minutes(30));
        return request;
    }

    private async Task HearsOf()
    {
        await Follow(Lately);
        await Work();
    }

    private async Task<GrantState.Ended> Ended(RequestId request) => (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
}

public sealed class SqliteMidLifeTests() : MidLifeTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlMidLifeTests() : MidLifeTests(DatabaseKind.PostgreSql);
