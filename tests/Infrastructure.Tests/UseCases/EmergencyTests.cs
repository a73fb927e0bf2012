using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Break-glass: taken at once, and confirmed or taken away; and what a rule approves by itself.</summary>
public abstract class EmergencyTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private static readonly GroupRef onCall = new(new GroupId("g-on-call"), "/on-call");

    [Fact]
    public async Task Who_is_named_has_it_at_once_and_the_approvers_are_asked_to_confirm()
    {
        var request = await Take();

        await StateOf<RequestState.Pending>(request);
        Directory.Has(Alice, Database).ShouldBeTrue();
        Told(Alice, "Granted").ShouldBe(1);
        var card = Chat.To(AccountOf(Bob)).ShouldHaveSingleItem().Message;
        card.Title.ShouldBe($"{Alice.Name} has taken {DatabaseName} in an emergency");
        card.Actions.Select(action => action.Label).ShouldBe(["Approve", "Deny", "Shorten", "Ask"]);
        AuditLines.ShouldContain(line => line.StartsWith($"Emergency: {Alice.Name} takes {DatabaseName} at once.", StringComparison.Ordinal));
        (await EntitlementOf(Alice)).Grants.ShouldHaveSingleItem().Basis.ShouldBe(new GrantBasis.BreakGlass(Clock.GetUtcNow() + Hours(4)));
    }

    [Fact]
    public async Task Confirmed_it_stays_to_its_end_on_the_basis_of_a_decision()
    {
        var request = await Take();
        await Vote(request, Bob);
        await Pass(Hours(5));

        await StateOf<RequestState.Approved>(request);
        Directory.Has(Alice, Database).ShouldBeTrue();
        (await EntitlementOf(Alice)).Grants.ShouldHaveSingleItem().Basis.ShouldBe(new GrantBasis.Decision(Bob));
        await Pass(Hours(4));
        Directory.Has(Alice, Database).ShouldBeFalse();
        Told(Alice, "Granted").ShouldBe(1);
    }

    [Fact]
    public async Task Denied_it_is_taken_away_and_not_taken_again()
    {
        var request = await Take();
        await Vote(request, Bob, Choice.Deny, "There was no emergency.");
        await Work();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.Denied);
        Directory.Has(Alice, Database).ShouldBeFalse();

        var again = await Take();
        (await StateOf<RequestState.Refused>(again)).Why.ShouldBeOfType<Refusal.EmergencyDenied>();
        Directory.Has(Alice, Database).ShouldBeFalse();

        var usual = await AskAndApprove();
        await StateOf<RequestState.Approved>(usual);
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task Not_confirmed_in_time_it_is_taken_away()
    {
        Directory.Add(onCall, Alice);
        Offer(("break-glass-group", onCall.Path), ("break-glass-confirm", "1h"));
        var request = await Take(offered: true);
        await Pass(Minutes(59));
        Directory.Has(Alice, Database).ShouldBeTrue();
        await Pass(Minutes(2));

        await StateOf<RequestState.Lapsed>(request);
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.NotConfirmedInTime);
        Directory.Has(Alice, Database).ShouldBeFalse();
        await StateOf<RequestState.Pending>(await Take(offered: true));
    }

    [Fact]
    public async Task Several_stages_have_one_time_to_confirm()
    {
        Directory.Add(onCall, Alice);
        Directory.Add(OwnerGroup, Carol);
        Offer(("break-glass-group", onCall.Path), ("break-glass-confirm", "1h"), ("approver-group-2", OwnerGroup.Path));
        var request = await Take(offered: true);
        await Pass(Minutes(30));
        await Vote(request, Bob);
        await Pass(Minutes(31));

        await StateOf<RequestState.Lapsed>(request);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Cancelled_it_is_given_back()
    {
        var request = await Take();
        await Press(new Command.CancelRequest(AccountOf(Alice), request));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.GivenBack);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Invariant_2_nobody_confirms_their_own()
    {
        Directory.Add(ApproverGroup, Alice, Bob);
        var request = await Take();
        await Vote(request, Alice);
        await Work();

        await StateOf<RequestState.Pending>(request);
    }

    [Fact]
    public async Task Nobody_being_there_to_confirm_keeps_nobody_from_taking_it()
    {
        Directory.Add(ApproverGroup);
        var request = await Take();
        Directory.Has(Alice, Database).ShouldBeTrue();

        await Pass(Hours(5));
        await StateOf<RequestState.Lapsed>(request);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_is_not_named_is_refused_and_told_to_ask()
    {
        Directory.Add(onCall, Mallory);
        Offer(("break-glass-group", onCall.Path));
        var request = await Take(offered: true);

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.NotOneForEmergencies>().Groups.ShouldBe([onCall.Path]);
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_for_emergencies_is_not_taken()
    {
        var request = await Take(offered: true);

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.NotForEmergencies());
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task Invariant_5_what_was_held_before_stays_after_a_denial()
    {
        Directory.GiveOutside(Alice, Database);
        var request = await Take();
        await Vote(request, Bob, Choice.Deny);
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.KeptHeldBefore);
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task Invariant_10_an_emergency_does_not_make_up_for_what_cannot_be_read()
    {
        Directory.Add(onCall, Alice);
        Offer(("break-glass-group", onCall.Path));
        DirectoryIsAway();
        var request = await Take(offered: true);
        await StateOf<RequestState.Received>(request);
        Directory.ChangesSent.ShouldBe(0);

        DirectoryIsBack();
        await Pass(Minutes(5));
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Theory, InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task Invariants_1_4_it_is_taken_once_and_taken_away_once_through_a_crash_at_every_commit(CrashAt at)
    {
        Commits.At = at;
        var request = await Take();
        Directory.Has(Alice, Database).ShouldBeTrue();
        await Vote(request, Bob, Choice.Deny);
        await Work();

        await StateOf<RequestState.Denied>(request);
        Directory.Has(Alice, Database).ShouldBeFalse();
        AuditLines.Count(line => line.StartsWith("Emergency:", StringComparison.Ordinal)).ShouldBe(1);
        AuditLines.Count(line => line.StartsWith("Ended:", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_a_rule_approves_gets_it_at_once_recorded_as_such()
    {
        Directory.Add(onCall, Alice);
        Offer(("auto-approve-group", onCall.Path));
        var request = await Ask();

        var approved = await StateOf<RequestState.Approved>(request);
        approved.By.ShouldBeNull();
        approved.ByRule.ShouldBe("auto-approve-group");
        Directory.Has(Alice, Database).ShouldBeTrue();
        Told(Alice, "Granted").ShouldBe(1);
        Chat.To(AccountOf(Bob)).ShouldBeEmpty();
        AuditLines.ShouldContain(line => line.StartsWith($"Decision: approved by rule for {Alice.Name} (auto-approve-group, version ", StringComparison.Ordinal));
        (await EntitlementOf(Alice)).Grants.ShouldHaveSingleItem().Basis.ShouldBeOfType<GrantBasis.Rule>().Name.ShouldBe("auto-approve-group");
    }

    [Fact]
    public async Task Who_the_rule_does_not_name_asks_people()
    {
        Directory.Add(onCall, Mallory);
        Offer(("auto-approve-group", onCall.Path));
        await StateOf<RequestState.Pending>(await Ask());
    }

    [Fact]
    public async Task Invariant_10_a_membership_that_cannot_be_read_approves_nobody()
    {
        Directory.Add(onCall, Alice);
        Offer(("auto-approve-group", onCall.Path));
        Directory.Doubts = call => call == nameof(IDirectory.IsMember) ? Doubt.Away : null;
        var request = await Ask();
        await StateOf<RequestState.Received>(request);
        Directory.ChangesSent.ShouldBe(0);

        Directory.Doubts = _ => null;
        await Pass(Minutes(5));
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task A_rule_that_approves_does_not_make_up_for_one_that_refuses()
    {
        Directory.Add(onCall, Alice);
        Directory.Add(OwnerGroup, Bob);
        Offer(("auto-approve-group", onCall.Path), ("eligible-group", OwnerGroup.Path));

        (await StateOf<RequestState.Refused>(await Ask())).Why.ShouldBeOfType<Refusal.NotEligible>();
        Directory.ChangesSent.ShouldBe(0);
    }

    /// <param name="offered">The target and its rule are there already.</param>
    private Task<RequestId> Take(bool offered = false)
    {
        if (!offered)
        {
            Directory.Add(onCall, Alice);
            Offer(("break-glass-group", onCall.Path));
        }

        return TakeInEmergency();
    }
}

public sealed class SqliteEmergencyTests() : EmergencyTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlEmergencyTests() : EmergencyTests(DatabaseKind.PostgreSql);
