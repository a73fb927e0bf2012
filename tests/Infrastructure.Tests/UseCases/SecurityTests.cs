using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>What the security team stops and takes away. Sam belongs to it.</summary>
public abstract class SecurityTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private static readonly PersonRef sam = new(new PersonId("p-sam"), "Sam Stone");
    private static readonly GroupRef security = new(new GroupId("g-security"), SecurityGroup);

    [Fact]
    public async Task Security_takes_away_what_came_of_a_request()
    {
        var request = await AskAndApprove();
        Security();
        await Press(new Command.RevokeGrant(AccountOf(sam), request));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.Revoked);
        Directory.Has(Alice, Database).ShouldBeFalse();
        AuditLines.ShouldContain($"The end begins: it was revoked by {sam.Name}.");
    }

    [Fact]
    public async Task Who_loses_access_before_its_time_is_logged_out_and_the_audit_says_so()
    {
        var request = await AskAndApprove();
        await Press(new Command.RevokeGrant(AccountOf(Bob), request));
        await Work();

        Directory.LoggedOut.ShouldBe([Alice.Id]);
        AuditLines.ShouldContain(line => line.StartsWith("Ended", StringComparison.Ordinal) && line.Contains("Sessions were ended.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_logged_out_when_the_time_is_over_or_it_is_given_back()
    {
        await AskAndApprove("1h");
        await Pass(Hours(2));
        var request = await AskAndApprove("1h");
        await Press(new Command.ReturnGrant(AccountOf(Alice), request));
        await Work();

        Directory.Has(Alice, Database).ShouldBeFalse();
        Directory.LoggedOut.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sessions_that_may_not_be_ended_hold_up_nothing_and_the_audit_says_so()
    {
        var request = await AskAndApprove();
        Directory.SessionsEnd = new DirectoryChange.Rejected(Core.Doubt.Forbidden);
        await Press(new Command.RevokeGrant(AccountOf(Bob), request));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
        AuditLines.ShouldContain(line => line.Contains("Sessions were not ended: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_end_of_sessions_without_an_answer_is_tried_again_while_the_access_is_gone_already()
    {
        var request = await AskAndApprove();
        Directory.SessionsEnd = new DirectoryChange.Uncertain(Core.Doubt.Away);
        await Press(new Command.RevokeGrant(AccountOf(Bob), request));
        await Work();
        Directory.Has(Alice, Database).ShouldBeFalse();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ending>();

        Directory.SessionsEnd = new DirectoryChange.Accepted();
        await Pass(Minutes(10));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
        Directory.LoggedOut.Count.ShouldBeGreaterThan(1);
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(1);
    }

    [Fact]
    public async Task So_do_those_who_decide_on_it()
    {
        var request = await AskAndApprove();
        await Press(new Command.RevokeGrant(AccountOf(Carol), request));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.Revoked);
    }

    [Fact]
    public async Task Those_who_decide_find_the_button_as_long_as_it_is_live_and_two_presses_revoke_once()
    {
        var request = await Ask();
        await Vote(request, Bob);
        await Work();
        foreach (var person in new[] { Bob, Carol })
        {
            var button = Chat.To(AccountOf(person))[0].Message.Actions.ShouldHaveSingleItem();
            button.Intent.ShouldBe(new ChatIntent.Revoke(request));
            button.Question!.Text.ShouldBe($"{Alice.Name} loses {DatabaseName} at once, and has to ask again to get it back.");
        }

        Chat.To(AccountOf(Alice))[0].Message.Actions.ShouldNotContain(action => action.Intent is ChatIntent.Revoke);
        await Press(new Command.RevokeGrant(AccountOf(Bob), request));
        await Press(new Command.RevokeGrant(AccountOf(Carol), request));
        await Work();
        foreach (var person in new[] { Bob, Carol })
            Chat.To(AccountOf(person))[0].Message.Actions.ShouldBeEmpty();
        AuditLines.Count(line => line.StartsWith("The end begins", StringComparison.Ordinal)).ShouldBe(1);
        Told(Carol, $"{DatabaseName}: nothing was revoked").ShouldBe(1);
        Directory.ChangesSent.ShouldBe(2);
    }

    [Fact]
    public async Task Whose_right_to_revoke_cannot_be_looked_up_now_is_asked_to_wait_and_not_refused()
    {
        var request = await AskAndApprove();
        Directory.Doubts = call => call == nameof(IDirectory.IsMember) ? Core.Doubt.Away : null;
        await Press(new Command.RevokeGrant(AccountOf(Bob), request));
        await Work();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Told(Bob, $"{DatabaseName}: nothing was revoked").ShouldBe(0);
        Told(Bob, $"{DatabaseName}: revoking it has to wait").ShouldBe(1);

        DirectoryIsBack();
        await Pass(Minutes(5));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.Revoked);
    }

    [Fact]
    public async Task Nobody_else_does()
    {
        var request = await AskAndApprove();
        Security();
        await Press(new Command.RevokeGrant(AccountOf(Mallory), request));
        await Press(new Command.RevokeAll(AccountOf(Bob), DatabaseName));
        await Press(new Command.SetFreeze(AccountOf(Bob), true));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Told(Mallory, $"{DatabaseName}: nothing was revoked").ShouldBe(1);
        Told(Bob, "Nothing was revoked").ShouldBe(1);
        Told(Bob, "Nothing was frozen").ShouldBe(1);
        await StateOf<RequestState.Pending>(await Ask("4h", by: Mallory));
    }

    [Theory, InlineData("p-alice"), InlineData(DatabaseName)]
    public async Task Security_takes_away_everything_of_a_person_or_of_a_target(string what)
    {
        var request = await AskAndApprove();
        Security();
        await Press(new Command.RevokeAll(AccountOf(sam), what));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.Revoked);
        Directory.Has(Alice, Database).ShouldBeFalse();
        Told(sam, "Everything of").ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_is_nobodys_takes_nothing_away()
    {
        var request = await AskAndApprove();
        Security();
        await Press(new Command.RevokeAll(AccountOf(sam), "nobody"));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Told(sam, "Nothing was revoked").ShouldBe(1);
    }

    [Theory, InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task Everything_is_taken_away_once_through_a_crash_at_every_commit(CrashAt at)
    {
        var request = await AskAndApprove();
        Security();
        Commits.At = at;
        await Press(new Command.RevokeAll(AccountOf(sam), DatabaseName));
        await Work();

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
        AuditLines.Count(line => line.StartsWith("The end begins", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task While_access_is_frozen_nothing_is_given_and_what_is_held_ends_on_time()
    {
        Security();
        var held = await AskAndApprove("1h");
        var open = await Ask("4h", by: Mallory);
        await Freeze(true);
        AuditLines.ShouldContain(line => line.StartsWith($"All new access is frozen by {sam.Name}", StringComparison.Ordinal));

        await Vote(open, Bob);
        await Pass(Hours(2));
        (await GrantOf(held)).ShouldBeOfType<GrantState.Ended>();
        await StateOf<RequestState.Pending>(open);
        (await Load(open)).HeldUpBy.ShouldBe(Doubt.Frozen);
        Directory.Has(Mallory, Database).ShouldBeFalse();

        await Freeze(false);
        await Pass(Minutes(5));
        await StateOf<RequestState.Approved>(open);
        Directory.Has(Mallory, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task A_grant_that_has_not_begun_waits_for_the_freeze_to_be_lifted()
    {
        Security();
        var request = await Ask();
        await Vote(request, Bob);
        await Workers.WorkOn(WorkKind.Inbox, Ct);
        await Workers.WorkOn(WorkKind.Request, Ct);
        await Press(new Command.SetFreeze(AccountOf(sam), true));
        await Workers.WorkOn(WorkKind.Inbox, Ct);
        await Work();
        Directory.ChangesSent.ShouldBe(0);

        await Freeze(false);
        await Pass(Minutes(10));
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task Freezing_twice_says_so_and_changes_nothing()
    {
        Security();
        await Freeze(true);
        await Freeze(true);

        Told(sam, "All new access is frozen").ShouldBe(1);
        Told(sam, "Nothing was frozen").ShouldBe(1);
        AuditLines.Count(line => line.StartsWith("All new access is frozen", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_10_whoever_cannot_be_read_is_not_taken_for_security_and_is_told()
    {
        var request = await AskAndApprove();
        Security();
        DirectoryIsAway();
        await Press(new Command.RevokeGrant(AccountOf(sam), request));
        await Pass(Minutes(1));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Told(sam, $"{DatabaseName}: revoking it has to wait").ShouldBe(1);

        DirectoryIsBack();
        await Pass(Minutes(5));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>();
    }

    [Fact]
    public async Task What_was_denied_after_an_emergency_is_taken_again_once_security_allows_it()
    {
        Security();
        Directory.Add(OwnerGroup, Alice);
        Offer(("break-glass-group", OwnerGroup.Path));
        var taken = await TakeInEmergency();
        await Vote(taken, Bob, Choice.Deny);
        await Work();
        await StateOf<RequestState.Refused>(await TakeInEmergency());

        await Press(new Command.AllowEmergency(AccountOf(Bob), "p-alice", DatabaseName));
        await Work();
        await StateOf<RequestState.Refused>(await TakeInEmergency());

        await Press(new Command.AllowEmergency(AccountOf(sam), "p-alice", DatabaseName));
        await Work();
        AuditLines.ShouldContain($"{sam.Name} allows {Alice.Name} to take {DatabaseName} in an emergency again.");
        await StateOf<RequestState.Pending>(await TakeInEmergency());
    }

    private async Task Freeze(bool frozen)
    {
        await Press(new Command.SetFreeze(AccountOf(sam), frozen));
        await Work();
    }

    private void Security()
    {
        Directory.Add(sam, AccountOf(sam));
        Chat.Add(AccountOf(sam));
        Directory.Add(security, sam);
    }
}

public sealed class SqliteSecurityTests() : SecurityTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlSecurityTests() : SecurityTests(DatabaseKind.PostgreSql);
