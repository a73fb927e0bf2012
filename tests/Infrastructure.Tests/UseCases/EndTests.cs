using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>From the reminder to the confirmed end.</summary>
public abstract class EndTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task What_was_given_is_announced_and_taken_away_on_time()
    {
        var request = await AskAndApprove("8h");
        await Pass(Hours(7) - Seconds(1));
        Told(Alice, "Your access to").ShouldBe(0);

        await Pass(Seconds(1));
        Told(Alice, $"Your access to {DatabaseName} ends in 1 hour").ShouldBe(1);
        await Pass(Hours(1) - Seconds(1));
        Directory.Has(Alice, Database).ShouldBeTrue();

        await Pass(Seconds(1));
        Directory.Has(Alice, Database).ShouldBeFalse();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(1);
    }

    [Fact]
    public async Task After_an_outage_only_the_latest_reminder_is_sent()
    {
        await AskAndApprove("3d");
        Clock.Advance(Days(3) - Minutes(30));
        await Work();

        Told(Alice, "Your access to").ShouldBe(1);
        Told(Alice, $"Your access to {DatabaseName} ends in 30 minutes").ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_5_what_was_held_before_is_never_taken_away()
    {
        Directory.GiveOutside(Alice, Database);
        var request = await AskAndApprove("1h");
        Told(Alice, "Granted").ShouldBe(1);
        await Pass(Hours(2));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.KeptHeldBefore);
        Directory.Has(Alice, Database).ShouldBeTrue();
        Directory.ChangesSent.ShouldBe(0);
        Told(Alice, "Your access to").ShouldBe(0);
        Told(Alice, $"Your grant of {DatabaseName} ends in 15 minutes").ShouldBe(1);
        Told(Alice, $"Your grant of {DatabaseName} has ended; you still have it").ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_5_so_it_is_where_the_directory_keeps_no_events()
    {
        Directory.KeepsEvents = false;
        Directory.GiveOutside(Alice, Database);
        await AskAndApprove("1h");
        await Pass(Hours(2));

        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task Invariant_4_our_own_earlier_change_is_not_held_before()
    {
        await Directory.Assign(Alice.Id, Database, Ct);
        await AskAndApprove("1h");
        await Pass(Hours(2));

        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Invariant_5_what_an_administrator_gave_again_meanwhile_is_not_taken_away()
    {
        var request = await AskAndApprove("1h");
        Clock.Advance(Minutes(10));
        Directory.TakeOutside(Alice, Database);
        Directory.GiveOutside(Alice, Database);
        await Pass(Hours(2));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.KeptAddedOutside);
        Directory.Has(Alice, Database).ShouldBeTrue();
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(0);
        Told(Alice, $"Your grant of {DatabaseName} has ended; you still have it").ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_5_what_an_administrator_gives_after_the_first_reading_and_before_our_change_is_not_taken_away()
    {
        var request = await Ask();
        Commits.Before = changes =>
        {
            if (changes.Entitlement?.Value is not { Tenure: { SentAt: null, HeldBefore: false }, Grants: [{ State: GrantState.Waiting }] } || Directory.Has(Alice, Database))
                return Task.CompletedTask;
            Clock.Advance(Seconds(10));
            Directory.GiveOutside(Alice, Database);
            Clock.Advance(Seconds(10));
            return Task.CompletedTask;
        };
        await Vote(request, Bob);
        await Pass(Hours(9));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.KeptAddedOutside);
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task Invariant_5_a_second_grant_does_not_hide_what_an_administrator_gave_again()
    {
        await AskAndApprove("1h");
        Clock.Advance(Minutes(10));
        Directory.TakeOutside(Alice, Database);
        Directory.GiveOutside(Alice, Database);
        var second = await AskAndApprove("2h");
        Directory.Calls[nameof(IDirectory.Assign)].ShouldBe(1);
        await Pass(Hours(3));

        (await GrantOf(second)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.KeptAddedOutside);
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task Invariant_5_what_an_administrator_took_away_is_not_put_back_and_ends_the_grant_visibly()
    {
        var request = await AskAndApprove("3d");
        Clock.Advance(Minutes(10));
        Directory.TakeOutside(Alice, Database);
        await Pass(Hours(25));

        var ended = (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
        (ended.Why, ended.Outcome).ShouldBe((EndReason.RemovedOutside, EndOutcome.AlreadyGone));
        Directory.Calls[nameof(IDirectory.Assign)].ShouldBe(1);
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_5_taking_it_away_outside_ends_every_grant_of_it()
    {
        var first = await AskAndApprove("3d");
        await Pass(Minutes(1));
        var second = await AskAndApprove("3d");
        Directory.TakeOutside(Alice, Database);
        await Pass(Hours(25));

        (await GrantOf(first)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.RemovedOutside);
        (await GrantOf(second)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.RemovedOutside);
    }

    [Fact]
    public async Task Invariant_4_of_two_grants_that_overlap_the_last_end_takes_it_away()
    {
        var shorter = await AskAndApprove("1h");
        var longer = await AskAndApprove("4h");
        await Pass(Hours(2));
        (await GrantOf(shorter)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.KeptForOtherGrant);
        Directory.Has(Alice, Database).ShouldBeTrue();
        Told(Alice, "Your access to").ShouldBe(0);
        Told(Alice, $"Your grant of {DatabaseName} ends in 15 minutes").ShouldBe(1);
        Told(Alice, $"Your grant of {DatabaseName} has ended; you still have it").ShouldBe(1);

        await Pass(Hours(3));
        (await GrantOf(longer)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
        Directory.Has(Alice, Database).ShouldBeFalse();
        // What is held already is not given again.
        Directory.ChangesSent.ShouldBe(2);
    }

    [Fact]
    public async Task Invariant_4_two_grants_that_end_together_cannot_rely_on_each_other()
    {
        var first = await AskAndApprove("1h");
        var second = await AskAndApprove("1h");
        await Pass(Hours(2));

        Directory.Has(Alice, Database).ShouldBeFalse();
        foreach (var request in new[] { first, second })
            (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
    }

    [Fact]
    public async Task Invariant_4_a_removal_is_tried_for_ever_and_the_security_team_is_told_again_and_again()
    {
        var request = await AskAndApprove("1h");
        Directory.Fate = ChangeFate.Rejected;
        await Pass(Hours(5));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ending>();
        AuditLines.Count(line => line.StartsWith("Waiting since", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(3);
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(0);

        Directory.Fate = ChangeFate.Made;
        await Pass(Minutes(6));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Theory, InlineData(ChangeFate.AnswerLost), InlineData(ChangeFate.RequestLost), InlineData(ChangeFate.Ignored)]
    public async Task Invariant_6_ended_is_said_once_and_only_after_the_read_back(ChangeFate fate)
    {
        var request = await AskAndApprove("1h");
        Directory.Fate = fate;
        await Pass(Hours(1));
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(fate == ChangeFate.AnswerLost ? 1 : 0);

        Directory.Fate = ChangeFate.Made;
        await Pass(Minutes(6));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_10_an_unreadable_answer_ends_nothing()
    {
        var request = await AskAndApprove("3d");
        Directory.Doubts = call => call is nameof(IDirectory.Holds) or nameof(IDirectory.ReadPerson) ? Core.Doubt.Unreadable : null;
        await Pass(Hours(26));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Directory.Calls.ContainsKey(nameof(IDirectory.Remove)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_leavers_access_ends_visibly()
    {
        var request = await AskAndApprove("3d");
        Directory.Change(Alice, person => person with { Enabled = false });
        await Pass(Hours(25));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.PersonDisabled);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Somebody_who_is_gone_holds_nothing_any_more()
    {
        var request = await AskAndApprove("3d");
        Directory.Delete(Alice);
        await Pass(Hours(25));

        var ended = (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
        (ended.Why, ended.Outcome).ShouldBe((EndReason.PersonGone, EndOutcome.AlreadyGone));
    }

    [Fact]
    public async Task What_is_gone_is_held_by_nobody_any_more()
    {
        var request = await AskAndApprove("3d");
        Directory.Delete(Database);
        await Pass(Hours(25));

        var ended = (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
        (ended.Why, ended.Outcome).ShouldBe((EndReason.TargetGone, EndOutcome.AlreadyGone));
    }

    [Fact]
    public async Task Other_ways_to_the_same_access_are_named()
    {
        Directory.ResidualPaths = ["/finance (client role billing/reader)"];
        await AskAndApprove("1h");
        await Pass(Hours(2));

        AuditLines.ShouldContain(line => line.Contains("The same access remains by another way: /finance"));
    }

    [Fact]
    public async Task Access_without_an_end_is_never_taken_away_by_itself()
    {
        Offer(("permanent", "true"));
        var request = await AskAndApprove("permanent");
        await Pass(Days(5));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>().EndsAt.ShouldBeNull();
        Directory.Has(Alice, Database).ShouldBeTrue();
        Told(Alice, "Your access to").ShouldBe(0);
    }

    [Fact]
    public async Task What_has_ended_can_be_asked_for_and_given_again()
    {
        await AskAndApprove("1h");
        await Pass(Hours(2));
        var again = await AskAndApprove("1h");
        (await GrantOf(again)).ShouldBeOfType<GrantState.Active>();
        Directory.Has(Alice, Database).ShouldBeTrue();

        await Pass(Hours(2));
        Directory.Has(Alice, Database).ShouldBeFalse();
    }
}

public sealed class SqliteEndTests() : EndTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlEndTests() : EndTests(DatabaseKind.PostgreSql);
