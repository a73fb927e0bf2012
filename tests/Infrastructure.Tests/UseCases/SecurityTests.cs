using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
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
    public async Task So_do_those_who_decide_on_it()
    {
        var request = await AskAndApprove();
        await Press(new Command.RevokeGrant(AccountOf(Carol), request));
        await Work();

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
