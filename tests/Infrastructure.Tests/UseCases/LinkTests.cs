using ChatGovernance.Core;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>
/// A chat account becomes a person's by a login and a code that is typed where it began. Erin has a chat account and a Keycloak
/// account that nothing connects; Mallory tries.
/// </summary>
public abstract class LinkTests(DatabaseKind kind) : UseCaseTests(kind, new PeopleOptions { Sources = [IdentitySource.Link, IdentitySource.Attribute] })
{
    private const string Code = "12345678";

    private static readonly PersonRef erin = new(new PersonId("p-erin"), "Erin Ellis");
    private static readonly ChatAccount chat = AccountOf(erin);
    private static readonly ChatAccount second = new(ChatPlatform.Slack, "T1", "U-second");
    private static readonly ChatAccount elsewhere = new(ChatPlatform.Slack, "T2", "U-erin");

    [Fact]
    public async Task A_login_and_the_code_from_the_same_account_connect_it()
    {
        await Arrange();
        var login = await Begin(chat);
        await Arrive(login, erin);
        (await Store.Links.Of(chat, Ct)).ShouldBeNull();
        await Type(chat, "1234-5678");

        var link = (await Store.Links.Of(chat, Ct)).ShouldNotBeNull();
        link.Person.ShouldBe(erin);
        (await Store.Matches.Of(chat, Ct)).ShouldHaveSingleItem().Proof.ShouldBe(IdentitySource.Link);
        Told(chat, "Your chat account is connected with Erin Ellis (p-erin)").ShouldBe(1);
        AuditLines.ShouldContain(line => line.StartsWith("Connected: slack:T1/U-p-erin is Erin Ellis", StringComparison.Ordinal));
        await StateOf<RequestState.Pending>(await Ask(by: erin));
    }

    [Fact]
    public async Task The_address_is_in_no_row_and_leads_to_a_page_that_names_the_account()
    {
        await Arrange();
        var login = await Begin(chat);

        var shown = (await Look(login)).ShouldBeOfType<LoginPage.ForLink>().Login;
        shown.AccountName.ShouldBe("Erin");
        shown.Workspace.ShouldBe("Example");
        shown.Account.ShouldBe(chat);
    }

    [Fact]
    public async Task An_address_that_somebody_else_opens_gives_them_nothing()
    {
        await Arrange();
        var login = await Begin(chat);
        await Arrive(login, Mallory, browser: "mallory's");
        await Type(AccountOf(Mallory), Code);

        (await Store.Links.Of(AccountOf(Mallory), Ct)).ShouldBeNull();
        (await Store.Links.Of(chat, Ct)).ShouldBeNull();
        Chat.To(AccountOf(Mallory))[^1].Message.Lines[0].ShouldContain("No code is expected from your chat account");
    }

    [Fact]
    public async Task Whoever_logs_in_at_an_address_that_was_sent_to_them_is_linked_to_nobody()
    {
        await Arrange();
        var mallorys = await Begin(second);
        await Arrive(mallorys, erin);
        await Type(chat, Code);
        (await Store.Links.Of(erin.Id, Ct)).ShouldBeEmpty();

        for (var guess = 0; guess < Login.WrongCodes; guess++)
            await Type(second, $"0000000{guess}");
        await Type(second, Code);
        (await Store.Links.Of(erin.Id, Ct)).ShouldBeEmpty();
        AuditLines.ShouldContain(line => line.StartsWith("slack:T1/U-second was not connected: The code was wrong 5 times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_browser_cannot_go_on_where_the_first_began()
    {
        await Arrange();
        var login = await Begin(chat);
        await Workers.Browse(steps => steps.Begin(login, "mine", Ct));

        (await Workers.Browse(steps => steps.Begin(login, "another", Ct))).ShouldBe(new LoginDecision.Refused(LoginTrouble.OtherBrowser));
        (await Workers.Browse(steps => steps.Arrive(login, "another", At(erin), Digest(login), Ct))).ShouldBe(new LoginDecision.Refused(LoginTrouble.OtherBrowser));
    }

    [Fact]
    public async Task What_has_been_used_is_used()
    {
        await Arrange();
        var login = await Begin(chat);
        await Arrive(login, erin);
        (await Workers.Browse(steps => steps.Begin(login, "mine", Ct))).ShouldBe(new LoginDecision.Refused(LoginTrouble.Used));
        await Type(chat, Code);

        (await Look(login)).ShouldBe(new LoginPage.Refused(LoginTrouble.Used));
        (await Workers.Browse(steps => steps.Arrive(login, "mine", At(Mallory), Digest(login), Ct))).ShouldBe(new LoginDecision.Refused(LoginTrouble.Used));
        await Type(chat, Code);
        (await Store.Links.Of(chat, Ct)).ShouldNotBeNull().Person.ShouldBe(erin);
        Told(chat, "Your chat account is connected").ShouldBe(1);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_shows_the_same_and_changes_nothing()
    {
        await Arrange();
        var login = await Begin(chat);
        await Arrive(login, erin);
        var version = (await Store.Logins.Load(login, Ct)).ShouldNotBeNull().Version;

        (await Workers.Browse(steps => steps.Arrive(login, "mine", At(erin), Digest(login), Ct))).ShouldBeOfType<LoginDecision.Accepted>();
        (await Store.Logins.Load(login, Ct)).ShouldNotBeNull().Version.ShouldBe(version);
    }

    [Fact]
    public async Task An_address_and_a_code_expire()
    {
        await Arrange();
        var login = await Begin(chat);
        Clock.Advance(Login.ValidFor);
        (await Look(login)).ShouldBe(new LoginPage.Refused(LoginTrouble.Expired));
        (await Workers.Browse(steps => steps.Begin(login, "mine", Ct))).ShouldBe(new LoginDecision.Refused(LoginTrouble.Expired));

        var another = await Begin(chat);
        await Arrive(another, erin);
        Clock.Advance(Login.ValidFor);
        await Type(chat, Code);
        (await Store.Links.Of(chat, Ct)).ShouldBeNull();
        Chat.To(chat)[^1].Message.Lines[0].ShouldContain("expired");
    }

    [Fact]
    public async Task A_newer_address_takes_the_place_of_the_former()
    {
        await Arrange();
        var former = await Begin(chat);
        var newer = await Begin(chat);

        (await Look(former)).ShouldBe(new LoginPage.Refused(LoginTrouble.Replaced));
        (await Look(newer)).ShouldBeOfType<LoginPage.ForLink>();
    }

    [Fact]
    public async Task A_login_from_before_the_button_was_pressed_is_none()
    {
        await Arrange();
        var login = await Begin(chat);
        await Workers.Browse(steps => steps.Begin(login, "mine", Ct));

        (await Workers.Browse(steps => steps.Arrive(login, "mine", At(erin) with { At = Clock.GetUtcNow() - Minutes(1) }, Digest(login), Ct)))
            .ShouldBe(new LoginDecision.Refused(LoginTrouble.NotFresh));
    }

    [Fact]
    public async Task Four_wrong_codes_leave_one_more_try()
    {
        await Arrange();
        await Arrive(await Begin(chat), erin);
        for (var guess = 0; guess < Login.WrongCodes - 1; guess++)
            await Type(chat, $"0000000{guess}");
        await Type(chat, "no code at all");
        await Type(chat, Code);

        (await Store.Links.Of(chat, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_person_has_one_account_in_a_workspace_and_an_account_one_person()
    {
        await Arrange();
        await Link(chat, erin);
        await Send(second);
        (await Store.Logins.FindOpenLink(second, Ct)).ShouldNotBeNull();
        var login = (await Store.Logins.FindOpenLink(second, Ct))!.Value.Id;
        await Workers.Browse(steps => steps.Begin(login, "mine", Ct));
        (await Workers.Browse(steps => steps.Arrive(login, "mine", At(erin), Digest(login), Ct))).ShouldBe(new LoginDecision.Refused(LoginTrouble.PersonLinked));

        await Send(chat);
        Chat.To(chat)[^1].Message.Lines[0].ShouldContain("connected with a Keycloak account already");
        (await Store.Logins.FindOpenLink(chat, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_codes_for_one_person_that_come_at_once_one_connects()
    {
        await Arrange();
        await Arrive(await Begin(chat), erin);
        await Arrive(await Begin(second), erin, browser: "other");
        await Press(new Command.EnterCode(chat, Code));
        await Press(new Command.EnterCode(second, Code));
        await Work();

        (await Store.Links.Of(erin.Id, Ct)).ShouldHaveSingleItem();
        AuditLines.Count(line => line.StartsWith("Connected:", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_person_may_have_an_account_in_each_workspace_and_the_others_are_told()
    {
        await Arrange();
        await Link(chat, erin);
        await Link(elsewhere, erin);

        (await Store.Links.Of(erin.Id, Ct)).Count.ShouldBe(2);
        Told(chat, "Another chat account is connected with your Keycloak account p-erin").ShouldBe(1);
    }

    [Fact]
    public async Task An_account_that_is_proved_to_be_somebody_elses_is_not_connected()
    {
        await Arrange();
        await Arrive(await Begin(AccountOf(Mallory)), erin);
        await Type(AccountOf(Mallory), Code);

        (await Store.Links.Of(AccountOf(Mallory), Ct)).ShouldBeNull();
        Chat.To(AccountOf(Mallory))[^1].Message.Lines[0].ShouldContain("proved to belong to another Keycloak account");
    }

    [Theory]
    [InlineData(MemberStanding.Guest, "Guests")]
    [InlineData(MemberStanding.Foreign, "other organizations")]
    [InlineData(MemberStanding.Bot, "Bots")]
    public async Task Accounts_that_are_not_served_get_no_address(MemberStanding standing, string said)
    {
        await Arrange();
        Chat.Add(chat, standing);
        await Send(chat);

        Chat.To(chat)[^1].Message.Lines[0].ShouldContain(said);
        (await Store.Logins.FindOpenLink(chat, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task An_account_that_is_not_served_any_more_is_not_connected_by_its_code()
    {
        await Arrange();
        await Arrive(await Begin(chat), erin);
        Chat.Add(chat, MemberStanding.Guest);
        await Type(chat, Code);

        (await Store.Links.Of(chat, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_disabled_or_deleted_Keycloak_account_is_not_connected_and_proves_nothing()
    {
        await Arrange();
        Directory.Change(erin, person => person with { Enabled = false });
        var login = await Begin(chat);
        await Workers.Browse(steps => steps.Begin(login, "mine", Ct));
        (await Workers.Browse(steps => steps.Arrive(login, "mine", At(erin), Digest(login), Ct))).ShouldBe(new LoginDecision.Refused(LoginTrouble.NotUsable));

        Directory.Change(erin, person => person with { Enabled = true });
        await Link(chat, erin);
        Directory.Change(erin, person => person with { Enabled = false });
        (await StateOf<RequestState.Refused>(await Ask(by: erin))).Why.ShouldBe(new Refusal.NotLinked(chat, ByLogin: true));

        Directory.Delete(erin);
        (await StateOf<RequestState.Refused>(await Ask("4h", erin))).Why.ShouldBe(new Refusal.NotLinked(chat, ByLogin: true));
    }

    [Fact]
    public async Task With_the_directory_away_nothing_is_used_up()
    {
        await Arrange();
        await Arrive(await Begin(chat), erin);
        DirectoryIsAway();
        await Type(chat, Code);
        (await Store.Links.Of(chat, Ct)).ShouldBeNull();

        DirectoryIsBack();
        await Type(chat, Code);
        (await Store.Links.Of(chat, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Whoever_is_linked_can_end_it_and_stays_an_owner_of_what_they_asked_for()
    {
        await Arrange();
        Directory.Add(ApproverGroup, Bob, Carol, erin);
        await Link(chat, erin);
        await Press(new Command.EndLink(chat, null));
        await Work();

        (await Store.Links.Of(chat, Ct)).ShouldBeNull();
        (await Store.Matches.Of(chat, Ct)).ShouldHaveSingleItem().Person.Id.ShouldBe(erin.Id);
        Told(chat, "Your chat account is no longer connected with Erin Ellis").ShouldBe(1);
        AuditLines.ShouldContain(line => line.StartsWith("No longer connected: slack:T1/U-p-erin and Erin Ellis", StringComparison.Ordinal));

        Directory.Add(Mallory);
        await Link(chat, Mallory);
        var request = await Ask(by: erin);
        var own = new Core.Approvals.Own(Store.Matches, Directory);
        (await own.Includes(Directory.Add(erin), null, await Load(request), Ct)).ShouldBe(new Reading<bool>.Known(true));
    }

    [Theory, InlineData("U-p-erin"), InlineData("<@U-p-erin|erin>"), InlineData("T1/U-p-erin"), InlineData("slack:T1/U-p-erin"), InlineData("P-Erin")]
    public async Task An_administrator_ends_anybodys_by_account_or_username(string whom)
    {
        await Arrange();
        await Link(chat, erin);
        await Press(new Command.EndLink(AccountOf(Carol), whom));
        await Work();

        (await Store.Links.Of(chat, Ct)).ShouldBeNull();
        Told(chat, "Your chat account is no longer connected").ShouldBe(1);
        Told(AccountOf(Carol), "A chat account is no longer connected").ShouldBe(1);
        AuditLines.ShouldContain(line => line.EndsWith("ended by Carol Cooper.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_else_ends_or_sees_links()
    {
        await Arrange();
        await Link(chat, erin);
        await Press(new Command.EndLink(AccountOf(Mallory), "p-erin"));
        await Press(new Command.ShowLinks(AccountOf(Mallory)));
        Directory.Leave(AdministratorGroup, Carol);
        await Press(new Command.EndLink(AccountOf(Carol), "p-erin"));
        await Work();

        (await Store.Links.Of(chat, Ct)).ShouldNotBeNull();
        Told(AccountOf(Mallory), "Nothing was changed").ShouldBe(2);
        Told(AccountOf(Carol), "Nothing was changed").ShouldBe(1);
    }

    [Fact]
    public async Task An_administrator_sees_who_is_linked_to_what_and_since_when()
    {
        await Arrange();
        await Link(chat, erin);
        await Press(new Command.ShowLinks(AccountOf(Carol)));
        await Work();

        Chat.To(AccountOf(Carol)).Single(said => said.Message.Title == "Connected accounts").Message.Lines[0]
            .ShouldBe("• T1/U-p-erin: Erin Ellis (p-erin), since 2027-01-04 09:00 UTC");
    }

    [Theory, InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task A_link_lives_through_a_crash_at_every_commit(CrashAt at)
    {
        await Arrange();
        Commits.At = at;
        await Link(chat, erin);
        (await Store.Links.Of(chat, Ct)).ShouldNotBeNull().Person.ShouldBe(erin);
        await Press(new Command.EndLink(chat, null));
        await Work();
        await Pass(Minutes(5));

        (await Store.Links.Of(chat, Ct)).ShouldBeNull();
        Told(chat, "Your chat account is connected").ShouldBe(1);
        Told(chat, "Your chat account is no longer connected").ShouldBe(1);
        foreach (var kind in (string[])["Connected:", "No longer connected:"])
            AuditLines.Count(line => line.StartsWith(kind, StringComparison.Ordinal)).ShouldBe(1);
    }

    private Task Arrange()
    {
        Directory.Add(erin);
        Directory.Add(AdministratorGroup, Carol);
        foreach (var account in (ChatAccount[])[chat, second, elsewhere])
            Chat.Add(account, name: "Erin", workspace: "Example");
        return Task.CompletedTask;
    }

    private async Task Send(ChatAccount account)
    {
        await Press(new Command.BeginLink(account));
        await Work();
    }

    /// <summary>The command, and the address that the account alone was told.</summary>
    private async Task<LoginId> Begin(ChatAccount account)
    {
        await Send(account);
        return ((ChatIntent.LogIn)Chat.To(account)[^1].Message.Actions.ShouldHaveSingleItem().Intent).Login;
    }

    private async Task<LoginPage> Look(LoginId login) => (await Workers.Browse(steps => steps.Look(login, Ct))).ShouldNotBeNull();

    /// <summary>The button and a login; a browser whose step died comes again.</summary>
    private async Task Arrive(LoginId login, PersonRef person, string browser = "mine")
    {
        (await Patiently(steps => steps.Begin(login, browser, Ct))).ShouldBeOfType<LoginDecision.Accepted>();
        (await Patiently(steps => steps.Arrive(login, browser, At(person), Digest(login), Ct))).ShouldBeOfType<LoginDecision.Accepted>();
    }

    /// <summary>Each commit dies once at most, and a step that was saved is another one when it comes again.</summary>
    private async Task<LoginDecision?> Patiently(Func<BrowserLogin, Task<LoginDecision>> step)
    {
        LoginDecision? decided = null;
        for (var tries = 0; decided is null && tries < 4; tries++)
            decided = await Workers.Browse(step);
        return decided;
    }

    private async Task Type(ChatAccount account, string code)
    {
        await Press(new Command.EnterCode(account, code));
        await Work();
    }

    private async Task Link(ChatAccount account, PersonRef person)
    {
        await Arrive(await Begin(account), person);
        await Type(account, Code);
    }

    private DirectoryLogin At(PersonRef person) => new(person.Id, Clock.GetUtcNow(), null);

    private static string Digest(LoginId login) => LoginCode.Digest(login, Code);

    private int Told(ChatAccount account, string beginning) => Chat.To(account).Count(said => said.Message.Title.StartsWith(beginning, StringComparison.Ordinal));
}

public sealed class SqliteLinkTests() : LinkTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlLinkTests() : LinkTests(DatabaseKind.PostgreSql);
