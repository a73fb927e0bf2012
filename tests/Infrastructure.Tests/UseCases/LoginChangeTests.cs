using ChatGovernance.Core;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>What clients ask for at login: proposed by one administrator, confirmed by a second, and told when somebody else changes it. Bob and Carol are administrators.</summary>
public abstract class LoginChangeTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private static readonly LoginRules staff = new(["staff"], [], []);
    private static readonly LoginRules curators = new(["curator"], [], ["/museum"], "Ask the museum.");

    private FakeLoginPolicies Logins => Workers.Logins;

    private FollowedLoginPolicies? last;

    [Fact]
    public async Task What_one_administrator_proposes_is_set_when_a_second_one_confirms_it()
    {
        Logins.Has("shop", staff);
        await Propose(Bob, "shop", curators);
        Logins.Sets.ShouldBeEmpty();
        Shown(Carol).Title.ShouldBe("Bob Baker wants shop to ask for something else at login");
        Shown(Carol).Facts.ShouldBe([new Fact("Now", "one of the roles staff"), new Fact("From then on", "one of the roles curator; in one of the groups /museum; with the message \"Ask the museum.\"")]);
        Shown(Carol).Actions.Select(action => action.Label).ShouldBe(["Confirm", "Reject"]);
        Shown(Bob).Actions.Select(action => action.Label).ShouldBe(["Withdraw"]);

        await Decide(Carol);
        Logins.Policies.ShouldHaveSingleItem().Rules.AreSameAs(curators).ShouldBeTrue();
        foreach (var administrator in (PersonRef[])[Bob, Carol])
        {
            Shown(administrator).Title.ShouldBe("shop asks for something else at login: Bob Baker proposed it, Carol Cooper confirmed it");
            Shown(administrator).Actions.ShouldBeEmpty();
        }

        AuditLines.Where(line => line.Contains("shop", StringComparison.Ordinal)).ShouldBe(
        [
            "Bob Baker wants shop to ask for this at login: one of the roles curator; in one of the groups /museum; with the message \"Ask the museum.\". Until now: one of the roles staff. A second administrator has to confirm.",
            "Carol Cooper confirms what shop is to ask for at login.",
            "shop asks for this at login: one of the roles curator; in one of the groups /museum; with the message \"Ask the museum.\". Keycloak confirms it. Proposed by Bob Baker, confirmed by Carol Cooper.",
        ]);
    }

    [Fact]
    public async Task Nobody_confirms_what_they_proposed_themselves()
    {
        await Propose(Bob, "shop", curators);
        await Decide(Bob);

        Logins.Sets.ShouldBeEmpty();
        LastTo(Bob).Lines.ShouldBe(["A second administrator has to confirm it: you proposed it yourself."]);
        await Decide(Carol);
        Logins.Sets.ShouldBe(["shop"]);
    }

    [Fact]
    public async Task Whoever_is_no_administrator_any_more_neither_proposes_nor_confirms_nor_rejects()
    {
        await Propose(Mallory, "shop", curators);
        LastTo(Mallory).Lines.ShouldBe(["This is only for administrators of the bot. If you should be among them, ask a Keycloak administrator."]);

        await Propose(Bob, "shop", curators);
        Directory.Leave(AdministratorGroup, Carol);
        await Decide(Carol);
        await Decide(Carol, confirm: false);
        Logins.Sets.ShouldBeEmpty();
        (await Open("shop")).State.ShouldBeOfType<LoginChangeState.Proposed>();
    }

    [Fact]
    public async Task One_who_proposed_it_withdraws_it_and_a_second_one_rejects_it()
    {
        await Propose(Bob, "shop", curators);
        await Decide(Bob, confirm: false);
        Shown(Carol).Title.ShouldBe("Bob Baker has withdrawn what shop was to ask for at login");

        await Propose(Bob, "shop", curators);
        await Decide(Carol, confirm: false);
        Shown(Bob).Title.ShouldBe("Carol Cooper rejected what shop was to ask for at login");
        await Decide(Carol);
        (LastTo(Carol).Title, LastTo(Carol).Lines.Single()).ShouldBe(("It is settled already", "Carol Cooper rejected what shop was to ask for at login."));
        Logins.Sets.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_changed_meanwhile_is_not_written_over()
    {
        Logins.Has("shop", staff);
        await Propose(Bob, "shop", curators);
        Logins.Policies.Clear();
        Logins.Has("shop", staff with { AllOf = ["auditor"] });
        await Decide(Carol);

        Logins.Sets.ShouldBeEmpty();
        Shown(Bob).Lines.ShouldBe(["What shop asks for was changed meanwhile. Look at it with policy show shop, and propose it anew."]);
    }

    [Fact]
    public async Task It_waits_for_a_day_and_no_longer_and_then_another_one_can_be_proposed()
    {
        await Propose(Bob, "shop", curators);
        await Propose(Carol, "shop", staff);
        LastTo(Carol).Lines.ShouldBe(["Bob Baker has proposed a change of shop that waits. Confirm or reject that first."]);

        await Pass(Hours(24));
        await Decide(Carol);
        Logins.Sets.ShouldBeEmpty();
        LastTo(Carol).Lines.ShouldBe(["Nobody confirmed in time what shop was to ask for at login."]);
        await Look();
        Shown(Carol).Lines.ShouldBe(["Nobody confirmed it within a day."]);
        Shown(Carol).Actions.ShouldBeEmpty();
        AuditLines.ShouldContain("What shop was to ask for at login was not set: Nobody confirmed it within a day.");

        await Propose(Carol, "shop", staff);
        (await Open("shop")).By.ShouldBe(Carol);
    }

    [Fact]
    public async Task Of_two_who_confirm_at_once_one_does_and_it_is_set_once()
    {
        Directory.Add(AdministratorGroup, Bob, Carol, Alice);
        await Propose(Bob, "shop", curators, [Bob, Carol, Alice]);
        var change = (await Open("shop")).Id;
        Commits.Before = async changes =>
        {
            if (changes.LoginChange?.Value.State is LoginChangeState.Confirmed { By.Id: var by } && by == Carol.Id)
            {
                Commits.Before = _ => Task.CompletedTask;
                await Store.Commits.Commit(new Changes { LoginChange = changes.LoginChange with { Value = changes.LoginChange.Value with { State = new LoginChangeState.Confirmed(Alice) } } }, Ct);
            }
        };
        await Decide(Carol, change: change);
        Logins.Sets.ShouldBeEmpty("Alice's is on its way");
        await Decide(Carol, change: change);
        Logins.Sets.ShouldBeEmpty("and it is no longer hers");
        await Look();

        Logins.Sets.ShouldBe(["shop"]);
        AuditLines.ShouldContain(line => line.EndsWith("Keycloak confirms it. Proposed by Bob Baker, confirmed by Alice Archer.", StringComparison.Ordinal));
    }

    [Theory, InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task It_is_set_and_told_once_through_a_crash_at_every_commit_and_never_taken_for_an_edit(CrashAt at)
    {
        Logins.Has("shop", staff);
        await Look();
        Commits.At = at;
        await Propose(Bob, "shop", curators);
        await Pass(Minutes(5));
        await Decide(Carol);
        for (var looks = 0; looks < 5; looks++)
            await Look(Minutes(1));
        Commits.At = CrashAt.Nowhere;
        await Look(Minutes(10));

        Logins.Policies.ShouldHaveSingleItem().Rules.AreSameAs(curators).ShouldBeTrue();
        AuditLines.Count(line => line.Contains("Keycloak confirms it", StringComparison.Ordinal)).ShouldBe(1);
        AuditLines.ShouldNotContain(line => line.StartsWith("Login policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_is_out_and_not_written_down_yet_is_not_taken_for_an_edit_by_another_replica()
    {
        Logins.Has("shop", staff);
        await Look();
        await Propose(Bob, "shop", curators);
        Commits.Before = async changes =>
        {
            if (changes.LoginChange?.Value.State is LoginChangeState.Made)
            {
                Commits.Before = _ => Task.CompletedTask;
                await Look(Minutes(10));
            }
        };
        await Decide(Carol);
        await Look(Minutes(10));

        AuditLines.ShouldNotContain(line => line.StartsWith("Login policy", StringComparison.Ordinal));
        (await Store.LoginChanges.Known(Ct)).Policies.ShouldHaveSingleItem().Rules.AreSameAs(curators).ShouldBeTrue();
        AuditLines.Count(line => line.Contains("Keycloak confirms it", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task With_the_directory_away_what_was_confirmed_waits_and_is_set_once_it_is_back()
    {
        await Propose(Bob, "shop", curators);
        Logins.AnswersSet = () => new DirectoryChange.Uncertain(Doubt.Away);
        await Decide(Carol);
        await Look(Minutes(5));
        Shown(Bob).Title.ShouldBe("Carol Cooper confirmed what shop is to ask for at login; it is being set");

        Logins.AnswersSet = () => null;
        await Look();
        Shown(Bob).Title.ShouldStartWith("shop asks for something else at login");
    }

    [Fact]
    public async Task What_cannot_be_set_for_two_days_is_not_set_later()
    {
        await Propose(Bob, "shop", curators);
        Logins.AnswersSet = () => new DirectoryChange.Uncertain(Doubt.Away);
        await Decide(Carol);
        await Look(Hours(48));
        Logins.AnswersSet = () => null;
        await Look();

        Shown(Bob).Lines.ShouldBe(["Keycloak could not be changed for a day."]);
        Logins.Policies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_confirmed_may_lose_the_office_what_they_confirmed_is_set_by_whoever_comes_by()
    {
        await Propose(Bob, "shop", curators);
        Logins.AnswersSet = () => new DirectoryChange.Uncertain(Doubt.Away);
        await Decide(Carol);
        Directory.Leave(AdministratorGroup, Carol);
        Logins.AnswersSet = () => null;
        await Look();

        Shown(Bob).Title.ShouldStartWith("shop asks for something else at login");
        AuditLines.Count(line => line.Contains("Keycloak confirms it", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task What_somebody_writes_while_it_is_on_its_way_is_not_written_over()
    {
        Logins.Has("shop", staff);
        await Look();
        await Propose(Bob, "shop", curators);
        Logins.AnswersSet = () => new DirectoryChange.Uncertain(Doubt.Away);
        await Decide(Carol);
        Logins.AnswersSet = () => null;
        Logins.Policies.Clear();
        Logins.Has("shop", staff with { AllOf = ["auditor"] });
        await Look(Minutes(10));

        Logins.Sets.Count.ShouldBe(1);
        Shown(Bob).Lines.Single().ShouldStartWith("What shop asks for was changed meanwhile.");
        Edits().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_made_although_its_answer_was_lost_is_made_and_not_sent_again()
    {
        await Propose(Bob, "shop", curators);
        Logins.AnswersLost = 1;
        await Decide(Carol);

        Shown(Bob).Title.ShouldStartWith("shop asks for something else at login");
        Logins.Sets.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_directory_accounts_of_one_human_are_one_administrator()
    {
        var second = new PersonRef(new PersonId("p-carol-2"), "Carol Second");
        Directory.Add(second, AccountOf(second));
        Chat.Add(AccountOf(second));
        foreach (var person in (PersonRef[])[Carol, second])
            Directory.Change(person, known => known with { Attributes = new Dictionary<string, IReadOnlyList<string>>(known.Attributes) { [Person.PersonIdAttribute] = ["4711"] } });
        await Propose(Carol, "shop", curators, [Bob, Carol, second]);

        Chat.To(AccountOf(second)).ShouldBeEmpty("it is not theirs to confirm");
        var change = (await Open("shop")).Id;
        await Decide(second, change: change);
        Logins.Sets.ShouldBeEmpty();
        await Decide(Bob, change: change);
        Logins.Sets.ShouldBe(["shop"]);
    }

    [Theory]
    [InlineData("left", "Who proposed it is no administrator any more.")]
    [InlineData("file", "The policy file says what shop asks for: one of the roles staff. Change it there, then write policy set shop.")]
    [InlineData("name", "It would let nobody in: \"curator\" is no role or group, or could be several. Write a role by its name or as client/role, and a group by its whole path.")]
    [InlineData("switch", "The bot may not set login policies any more (Keycloak:ManageLoginPolicies is off).")]
    public async Task What_spoke_against_it_at_the_proposal_speaks_against_it_at_the_confirmation(string what, string why)
    {
        await Propose(Bob, "shop", curators);
        switch (what)
        {
            case "left":
                Directory.Leave(AdministratorGroup, Bob);
                break;
            case "file":
                Workers.Policies.Replace(Policy.None with { Logins = new Dictionary<string, LoginRules> { ["shop"] = staff } });
                break;
            case "name":
                Logins.Unknown.Add("curator");
                break;
            default:
                Logins.MayBeSet = false;
                break;
        }

        await Decide(Carol);
        Logins.Sets.ShouldBeEmpty();
        Shown(Carol).Lines.ShouldBe([why]);
    }

    [Fact]
    public async Task In_another_realm_nothing_is_set_and_nothing_is_taken_for_an_edit()
    {
        Logins.Has("shop", staff);
        await Look();
        await Propose(Bob, "shop", curators);
        Directory.RealmId = "another";
        Logins.Policies.Clear();
        await Decide(Carol);
        await Look(Minutes(10));

        Logins.Sets.ShouldBeEmpty();
        Edits().ShouldBeEmpty();
        last!.Why.ShouldBe(Doubt.OtherRealm);
    }

    [Fact]
    public async Task What_is_set_while_policies_are_read_is_no_edit()
    {
        Logins.Has("shop", staff);
        await Look();
        await Propose(Bob, "shop", curators);
        Logins.AfterRead = async () =>
        {
            Logins.AfterRead = () => Task.CompletedTask;
            await Decide(Carol);
        };
        await Look(Minutes(10));
        await Look(Minutes(10));

        Logins.Sets.ShouldBe(["shop"]);
        Edits().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_Keycloak_does_not_take_is_told_and_settled()
    {
        await Propose(Bob, "shop", curators);
        Logins.AnswersSet = () => new DirectoryChange.Rejected(Doubt.Forbidden);
        await Decide(Carol);

        Shown(Bob).Title.ShouldBe("What shop was to ask for at login was not set");
        Shown(Bob).Lines.Single().ShouldStartWith("Keycloak did not take it. See whether the bot may change the client");
        (await Store.LoginChanges.FindOpen("shop", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Where_the_bot_may_not_set_it_it_says_what_to_enter_in_the_console()
    {
        Logins.MayBeSet = false;
        await Propose(Bob, "shop", curators);

        LastTo(Bob).Lines.ShouldBe(
        [
            "The bot may not set login policies here (Keycloak:ManageLoginPolicies is off). To set it by hand:",
            "In Keycloak's Admin Console: Clients, shop, Client scopes, shop-dedicated, Add mapper, By configuration, \"Required roles for login\" (or open the one that is there).",
            "One of these roles: curator",
            "One of these groups: /museum",
            "Message: Ask the museum.",
            "Leave the other fields empty, and save.",
        ]);
        (await Store.LoginChanges.FindOpen("shop", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Where_there_is_no_second_administrator_nothing_is_proposed()
    {
        await Propose(Bob, "shop", curators, [Bob]);

        LastTo(Bob).Lines[0].ShouldStartWith("A second administrator has to confirm, and there is none");
        (await Store.LoginChanges.FindOpen("shop", Ct)).ShouldBeNull();
    }

    [Theory]
    [InlineData("till", "There is no client till, or the bot does not see it.")]
    [InlineData("admin-cli", "admin-cli is Keycloak's own and is never closed: nobody could open it again.")]
    [InlineData("desk", "It would let nobody in: \"curator\" is no role or group, or could be several.")]
    public async Task What_cannot_hold_is_refused_at_once(string client, string why)
    {
        Logins.Unknown.Add("curator");
        await Propose(Bob, client, curators);

        LastTo(Bob).Lines.Single().ShouldStartWith(why);
    }

    [Fact]
    public async Task A_client_with_two_policies_of_its_own_is_left_to_the_console()
    {
        Logins.Has("shop", staff);
        Logins.Has("shop", curators, "Second");
        await Propose(Bob, "shop", curators);

        LastTo(Bob).Lines.Single().ShouldBe("shop has 2 login policies, which must all hold: \"Staff\", \"Second\". Leave it one, in Keycloak's Admin Console.");
    }

    [Fact]
    public async Task What_the_policy_file_says_is_compared_and_set_by_its_client_alone_and_nothing_else_is()
    {
        Workers.Policies.Replace(Policy.None with { Logins = new Dictionary<string, LoginRules> { ["shop"] = curators, ["till"] = staff } });
        await Inquire(Bob, new Inquiry.LoginPolicyDiff());
        LastTo(Bob).Title.ShouldBe("2 clients ask for something else than the policy file says");
        LastTo(Bob).Lines.ShouldBe(
        [
            "shop: now nothing. The file says: one of the roles curator; in one of the groups /museum; with the message \"Ask the museum.\"",
            "till: there is no such client, or the bot does not see it. The file says: one of the roles staff",
        ]);

        await Propose(Bob, "shop", staff);
        LastTo(Bob).Lines.Single().ShouldStartWith("The policy file says what shop asks for: one of the roles curator; in one of the groups /museum. Change it there");
        await Propose(Bob, "desk", null);
        LastTo(Bob).Lines.Single().ShouldStartWith("The policy file says nothing about desk.");
        await Propose(Bob, "shop", null);
        await Decide(Carol);
        Logins.Policies.ShouldHaveSingleItem().Rules.AreSameAs(curators).ShouldBeTrue();

        await Inquire(Bob, new Inquiry.LoginPolicies("shop"));
        LastTo(Bob).Lines.Single().ShouldStartWith("client shop, \"Required roles for login\": one of the roles curator");
        await Inquire(Mallory, new Inquiry.LoginPolicies(null));
        LastTo(Mallory).Lines.ShouldBe(["This is only for administrators of the bot. If you should be among them, ask a Keycloak administrator."]);
    }

    [Fact]
    public async Task What_is_edited_by_hand_is_told_once_whatever_way_it_was_done()
    {
        Logins.Has("shop", staff);
        Logins.Policies.Add(new LoginPolicy(new LoginPlace(LoginPlaceKind.Scope, "office"), "Office", staff) { Clients = ["desk"] });
        await Look();
        Edits().ShouldBeEmpty("what is there at first is nobody's edit");

        Logins.Policies.RemoveAt(0);
        Logins.Has("shop", staff with { AnyOf = ["staff", "guest"] });
        await Look(Minutes(1));
        Edits().ShouldBeEmpty("no event says so, and it was looked at a minute ago");
        Logins.TouchedAt = Clock.GetUtcNow();
        await Look();
        await Look();
        Edits().ShouldBe(["Login policy \"Staff\" of client shop was changed in Keycloak, and not from here. Before: one of the roles staff. Now: one of the roles staff, guest. Keycloak's admin events say by whom."]);

        // The scope is taken from its client, and its policy with it; no event is kept of that.
        Logins.Policies.RemoveAt(0);
        Logins.Policies.Insert(0, new LoginPolicy(new LoginPlace(LoginPlaceKind.Scope, "office"), "Office", staff) { Clients = [] });
        await Look(Minutes(10));
        Edits()[^1].ShouldBe("Login policy \"Office\" of client scope office was changed in Keycloak, and not from here. Before: one of the roles staff (for desk). Now: one of the roles staff (for no client). Keycloak's admin events say by whom.");
        Logins.Policies.Clear();
        await Look(Minutes(10));
        Edits().Count(line => line.Contains("Now: nothing: it is gone, or the bot no longer sees it.", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task What_was_set_from_here_and_is_changed_back_by_hand_is_an_edit()
    {
        Logins.Has("shop", staff);
        await Look();
        await Propose(Bob, "shop", curators);
        await Decide(Carol);
        await Look(Minutes(10));
        Edits().ShouldBeEmpty();

        Logins.Policies.Clear();
        Logins.Has("shop", staff);
        await Look(Minutes(10));
        Logins.Policies.Clear();
        Logins.Has("shop", curators);
        await Look(Minutes(10));
        Edits().Count.ShouldBe(2);
    }

    [Fact]
    public async Task That_the_required_action_is_off_is_told_once_and_that_it_is_on_again()
    {
        await Look();
        Logins.ActionOn = false;
        await Look(Minutes(10));
        AuditLines.ShouldBeEmpty("nothing needs it");

        Logins.Has("shop", staff);
        await Look(Minutes(10));
        await Look(Minutes(10));
        AuditLines.Count(line => line.StartsWith("Login policies are in force, but the required action", StringComparison.Ordinal)).ShouldBe(1);
        Logins.ActionOn = true;
        await Look(Minutes(10));
        AuditLines.ShouldContain("The required action \"Required roles for login\" is on again, or no login policy needs it.");
    }

    [Fact]
    public async Task What_cannot_be_read_is_no_edit_and_is_looked_at_again_at_once()
    {
        Logins.Has("shop", staff);
        await Look();
        Logins.Doubts = _ => Doubt.Away;
        await Look(Minutes(10));
        last!.Why.ShouldBe(Doubt.Away);
        Logins.Doubts = _ => null;
        Logins.Policies.Clear();
        await Look();

        Edits().Count.ShouldBe(1);
    }

    private async Task Propose(PersonRef by, string client, LoginRules? rules, PersonRef[]? inOffice = null)
    {
        Directory.Add(AdministratorGroup, inOffice ?? [Bob, Carol]);
        await Press(new Command.SetLoginPolicy(AccountOf(by), client, rules));
        await Work();
    }

    private async Task Decide(PersonRef by, bool confirm = true, LoginChangeId? change = null)
    {
        var id = change ?? Chat.To(AccountOf(by)).SelectMany(message => message.Message.Actions).Select(action => action.Intent).OfType<ChatIntent.RejectLoginPolicy>().Select(intent => intent.Change).LastOrDefault(decided);
        decided = id;
        await Press(new Command.DecideLoginPolicy(AccountOf(by), id, confirm), Subject.Of(id));
        await Work();
    }

    private LoginChangeId decided;

    private async Task Inquire(PersonRef by, Inquiry what)
    {
        Directory.Add(AdministratorGroup, Bob, Carol);
        await Press(new Command.Inquire(AccountOf(by), what));
        await Work();
    }

    private async Task Look(TimeSpan? after = null)
    {
        if (after is { } time)
            await Pass(time);
        last = await Workers.Follow(last, Ct);
        await Work();
    }

    private IReadOnlyList<string> Edits() => [.. AuditLines.Where(line => line.StartsWith("Login policy", StringComparison.Ordinal))];

    private async Task<LoginChange> Open(string client) => (await Store.LoginChanges.FindOpen(client, Ct)).ShouldNotBeNull().Value;

    /// <summary>The last change that this administrator was shown, as it is shown now.</summary>
    private ChatMessage Shown(PersonRef person) => Chat.To(AccountOf(person)).Select(said => said.Message).Last(message => message.Facts.Any(fact => fact.Label == "From then on"));

    private ChatMessage LastTo(PersonRef person) => Chat.To(AccountOf(person))[^1].Message;
}

public sealed class SqliteLoginChangeTests() : LoginChangeTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlLoginChangeTests() : LoginChangeTests(DatabaseKind.PostgreSql);
