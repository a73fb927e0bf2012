using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Where the risk is high, a click counts once whoever made it has logged in again.</summary>
public abstract class RiskTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task A_vote_counts_after_a_login_of_the_one_who_cast_it()
    {
        Offer(("risk", "high"));
        var request = await AskAndApprove();
        (await StateOf<RequestState.Pending>(request)).ShouldNotBeNull();
        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBe(new VoteState.Unconfirmed(Now + AccessRequest.ConfirmLimit));
        Directory.ChangesSent.ShouldBe(0);

        (await Confirm(Bob, Bob)).ShouldBeOfType<LoginDecision.Accepted>();
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
        Told(Bob, "Log in to confirm: approve /access/database for Alice Archer").ShouldBe(1);
        AuditLines.ShouldContain("Bob Baker logged in to confirm the decision (approve) of slack:T1/U-p-bob.");
        AuditLines.ShouldContain("Bob Baker decides: approve (proved by attribute).");
    }

    [Fact]
    public async Task A_denial_needs_a_login_as_well()
    {
        Offer(("risk", "high"));
        var request = await Ask();
        await Vote(request, Bob, Choice.Deny, "No.");
        await Work();
        await StateOf<RequestState.Pending>(request);

        (await Look(Bob)).ShouldBeOfType<LoginPage.ForDecision>().Vote.Choice.ShouldBe(Choice.Deny);
        await Confirm(Bob, Bob);
        await Work();
        (await StateOf<RequestState.Denied>(request)).By.ShouldBe(Bob);
    }

    [Fact]
    public async Task Who_loses_eligibility_for_it_loses_the_access()
    {
        Directory.Add(OwnerGroup, Alice);
        Offer(("risk", "high"), ("eligible-group", OwnerGroup.Path));
        Workers.Catalog.Current = Targets.ACatalog(new CatalogEntry(Database, DatabaseName, Rule() with { Risk = Risk.High, Eligible = [new GroupChoice([OwnerGroup])] }, []));
        var request = await AskAndApprove();
        await Confirm(Bob, Bob);
        await Work();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();

        await Pass(Minutes(10));
        var since = Clock.GetUtcNow();
        Directory.LeaveOutside(OwnerGroup, Alice);
        await Follow(since);
        await Work();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.NoLongerEligible);
    }

    [Theory, InlineData("low"), InlineData("medium")]
    public async Task A_lower_risk_asks_for_no_login(string risk)
    {
        Offer(("risk", risk));
        await StateOf<RequestState.Approved>(await AskAndApprove());
    }

    [Fact]
    public async Task The_login_of_somebody_else_confirms_nothing_and_the_right_one_still_can()
    {
        Offer(("risk", "high"));
        var request = await AskAndApprove();

        (await Confirm(Bob, Carol)).ShouldBe(new LoginDecision.Refused(LoginTrouble.OtherPerson));
        (await Confirm(Bob, Mallory)).ShouldBe(new LoginDecision.Refused(LoginTrouble.OtherPerson));
        await Work();
        await StateOf<RequestState.Pending>(request);
        AuditLines.Count(line => line.StartsWith("A login did not confirm the decision", StringComparison.Ordinal)).ShouldBe(2);

        await Confirm(Bob, Bob);
        await Work();
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task A_login_from_before_confirms_nothing()
    {
        Offer(("risk", "high"));
        var request = await AskAndApprove();
        Clock.Advance(Minutes(2));

        (await Confirm(Bob, Bob, at: Now)).ShouldBe(new LoginDecision.Refused(LoginTrouble.NotFresh));
        await StateOf<RequestState.Pending>(request);
    }

    [Fact]
    public async Task A_vote_without_a_login_is_dropped_in_time_and_can_be_cast_again()
    {
        Offer(("risk", "high"));
        var request = await AskAndApprove();
        await Pass(AccessRequest.ConfirmLimit);

        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBeOfType<VoteState.Dropped>().Why.ShouldBe(new Refusal.NotConfirmed());
        Told(Bob, "Your decision on /access/database does not count").ShouldBe(1);
        (await Confirm(Bob, Bob)).ShouldBeOfType<LoginDecision.Refused>();

        await Vote(request, Bob);
        await Work();
        await Confirm(Bob, Bob);
        await Work();
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task A_vote_that_waits_for_a_login_holds_up_no_other()
    {
        Offer(("risk", "high"));
        var request = await AskAndApprove();
        await Vote(request, Carol);
        await Work();
        await Confirm(Carol, Carol);
        await Work();

        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Carol);
        (await Confirm(Bob, Bob)).ShouldBe(new LoginDecision.Refused(LoginTrouble.Decided));
        Told(Bob, "Your decision on /access/database does not count").ShouldBe(1);
    }

    [Fact]
    public async Task A_vote_that_waits_keeps_a_request_from_lapsing_until_it_is_dropped()
    {
        Offer(("risk", "high"), ("pending-ttl", "10m"));
        var request = await Ask();
        await Pass(Minutes(9));
        await Vote(request, Bob);
        await Pass(Minutes(5));
        await StateOf<RequestState.Pending>(request);

        await Pass(Minutes(11));
        await StateOf<RequestState.Lapsed>(request);
        Told(Bob, "Your decision on /access/database does not count").ShouldBe(1);
    }

    [Fact]
    public async Task A_login_after_the_time_to_decide_confirms_a_vote_from_before()
    {
        Offer(("risk", "high"), ("pending-ttl", "10m"));
        var request = await Ask();
        await Pass(Minutes(9));
        await Vote(request, Bob);
        await Pass(Minutes(5));
        await Confirm(Bob, Bob);
        await Work();

        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task The_stricter_of_the_frozen_and_the_current_risk_counts()
    {
        var before = await Ask();
        Offer(("risk", "high"));
        await Vote(before, Bob);
        await Work();
        await StateOf<RequestState.Pending>(before);
        await Confirm(Bob, Bob);
        await Work();
        await StateOf<RequestState.Approved>(before);
    }

    [Fact]
    public async Task What_was_high_at_the_request_stays_high()
    {
        Offer(("risk", "high"));
        var request = await Ask();
        Offer();
        await Vote(request, Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
        (await Load(request)).Unconfirmed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Whoever_may_not_decide_is_told_so_and_not_sent_to_a_login()
    {
        Offer(("risk", "high"));
        var request = await Ask();
        await Vote(request, Mallory);
        await Work();

        Told(Mallory, "Your decision on /access/database does not count").ShouldBe(1);
        Told(Mallory, "Log in to confirm").ShouldBe(0);
    }

    [Fact]
    public async Task Who_left_the_approvers_before_the_login_does_not_decide()
    {
        Offer(("risk", "high"));
        var request = await AskAndApprove();
        Directory.Leave(ApproverGroup, Bob);
        await Confirm(Bob, Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBeOfType<VoteState.Dropped>().Why.ShouldBe(new Refusal.NotAnApprover());
    }

    [Fact]
    public async Task The_risk_is_on_the_card_and_a_waiting_vote_names_nobody()
    {
        Offer(("risk", "high"));
        await AskAndApprove();

        var card = Chat.To(AccountOf(Carol)).Single(said => said.Message.Title == "Alice Archer asks for /access/database").Message;
        card.Facts.ShouldContain(fact => fact.Label == "Risk" && ((FactValue.Words)fact.Value).Text.StartsWith("high"));
        card.Small.ShouldBe("A decision is recorded, and waits for a login of whoever made it.");
    }

    [Theory, InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task A_confirmed_vote_lives_through_a_crash_at_every_commit(CrashAt at)
    {
        Offer(("risk", "high"));
        Commits.At = at;
        var request = await AskAndApprove();
        await Pass(Minutes(3));
        await Confirm(Bob, Bob);
        await Pass(Minutes(5));

        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
        Told(Bob, "Log in to confirm").ShouldBe(1);
        AuditLines.Count(line => line.StartsWith("Decision: approved", StringComparison.Ordinal)).ShouldBe(1);
        AuditLines.Count(line => line.Contains("logged in to confirm", StringComparison.Ordinal)).ShouldBe(1);
    }

    private LoginId LoginOf(PersonRef person) => Chat.To(AccountOf(person)).SelectMany(said => said.Message.Actions).Select(action => action.Intent).OfType<ChatIntent.Confirm>().Last().Login;

    private async Task<LoginPage> Look(PersonRef person) => (await Workers.Browse(steps => steps.Look(LoginOf(person), Ct))).ShouldNotBeNull();

    /// <summary>The button, and a login as somebody; a browser whose step died comes again.</summary>
    private async Task<LoginDecision> Confirm(PersonRef whose, PersonRef loggedIn, DateTimeOffset? at = null)
    {
        var login = LoginOf(whose);
        var began = await Workers.Browse(steps => steps.Begin(login, "browser", Ct)) ?? await Workers.Browse(steps => steps.Begin(login, "browser", Ct));
        if (began is LoginDecision.Refused)
            return began;
        var proof = new DirectoryLogin(loggedIn.Id, at ?? Clock.GetUtcNow(), null);
        return (await Workers.Browse(steps => steps.Arrive(login, "browser", proof, "", Ct)) ?? await Workers.Browse(steps => steps.Arrive(login, "browser", proof, "", Ct))).ShouldNotBeNull();
    }
}

public sealed class SqliteRiskTests() : RiskTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlRiskTests() : RiskTests(DatabaseKind.PostgreSql);
