using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Bob is of the security team, Carol an administrator; Alice and Mallory are neither.</summary>
public abstract class InquiryTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private static readonly GroupRef security = new(new GroupId("g-security"), "/security");
    private static readonly GroupRef administrators = new(new GroupId("g-administrators"), "/administrators");

    [Fact]
    public async Task Lint_is_answered_to_an_administrator_alone()
    {
        Offer(("max-duration", "soon"));
        await Inquire(Carol, new Inquiry.Lint());
        Said(Carol).ShouldContain("1 finding in what can be requested (1 target)");
        Said(Carol).ShouldContain($"error: {DatabaseName}.");

        foreach (var other in new[] { Alice, Bob })
        {
            await Inquire(other, new Inquiry.Lint());
            Said(other).ShouldContain("This is only for administrators of the bot.");
            Said(other).ShouldNotContain(DatabaseName);
        }

        AuditLines.Count(line => line.Contains("asked what is not for them (lint)")).ShouldBe(2);
    }

    [Fact]
    public async Task Doctor_is_answered_to_an_administrator_alone()
    {
        await Inquire(Carol, new Inquiry.Doctor());
        Said(Carol).ShouldContain("All is well");

        await Inquire(Mallory, new Inquiry.Doctor());
        Said(Mallory).ShouldContain("This is only for administrators of the bot.");
    }

    [Fact]
    public async Task An_administrator_of_a_moment_ago_is_none()
    {
        Staff();
        Directory.Leave(administrators, Carol);
        await Press(new Command.Inquire(AccountOf(Carol), new Inquiry.Lint()));
        await Work();

        Said(Carol).ShouldContain("This is only for administrators of the bot.");
    }

    [Theory]
    [InlineData(nameof(IDirectory.FindGroup))]
    [InlineData(nameof(IDirectory.IsMember))]
    [InlineData(nameof(IDirectory.FindByAttribute))]
    public async Task Where_membership_cannot_be_read_nothing_is_answered(string call)
    {
        Staff();
        Directory.Doubts = called => called == call ? Doubt.Away : null;
        await Press(new Command.Inquire(AccountOf(Bob), new Inquiry.Who(DatabaseName)));
        await Work();

        Said(Bob).ShouldContain("That cannot be answered now");
        Said(Bob).ShouldContain("Keycloak does not answer.");
        AuditLines.ShouldNotContain(line => line.Contains("and was answered"));
    }

    [Fact]
    public async Task Anybody_is_told_what_would_happen_if_they_asked()
    {
        Offer(("max-duration", "4h"), ("ticket-pattern", "OPS-[0-9]+"));
        await Inquire(Alice, new Inquiry.Explain("me", "database"));

        Said(Alice).ShouldContain($"{Alice.Name} may ask for {DatabaseName}");
        Said(Alice).ShouldContain($"{Bob.Name}, {Carol.Name} would be asked; 1 of them must approve.");
        Fact(Alice, "At most").ShouldBe("4 hours");
        Fact(Alice, "Ticket").ShouldBe("must match OPS-[0-9]+");
        Fact(Alice, "May ask").ShouldBe("everybody");
        Fact(Alice, "Rule").Length.ShouldBe(16);
        AuditLines.ShouldBeEmpty("What people ask about themselves is nobody's business.");
    }

    [Fact]
    public async Task Whom_a_rule_approves_is_told_that_nobody_would_be_asked()
    {
        Directory.Add(OwnerGroup, Alice);
        Offer(("auto-approve-group", OwnerGroup.Path));
        await Inquire(Alice, new Inquiry.Explain("me", DatabaseName));
        Said(Alice).ShouldContain($"{Alice.Name} would get {DatabaseName} at once");
        Said(Alice).ShouldContain("Nobody would be asked: its rule approves it for members of /owners.");
        Said(Alice).ShouldNotContain(Bob.Name);

        await Inquire(Mallory, new Inquiry.Explain("me", DatabaseName));
        Said(Mallory).ShouldContain($"{Bob.Name}, {Carol.Name} would be asked");
        Fact(Mallory, "Get it at once").ShouldBe("members of /owners");
    }

    [Fact]
    public async Task Invariant_10_where_it_cannot_be_read_whether_a_rule_approves_it_would_wait()
    {
        Directory.Add(OwnerGroup, Alice);
        Offer(("auto-approve-group", OwnerGroup.Path));
        Directory.Doubts = call => call == nameof(IDirectory.IsMember) ? Doubt.Forbidden : null;
        await Inquire(Alice, new Inquiry.Explain("me", DatabaseName));

        Said(Alice).ShouldContain($"A request of {Alice.Name} for {DatabaseName} would wait");
    }

    [Fact]
    public async Task Who_may_take_it_in_an_emergency_is_said_and_to_whom_it_would_be_refused()
    {
        Directory.Add(OwnerGroup, Alice);
        Offer(("break-glass-group", OwnerGroup.Path), ("break-glass-confirm", "2h"));
        await Inquire(Alice, new Inquiry.Explain("me", DatabaseName));
        Said(Alice).ShouldContain("In an emergency they may take it at once; it is taken away again unless it is confirmed within 2 hours.");
        await Inquire(Mallory, new Inquiry.Explain("me", DatabaseName));
        Said(Mallory).ShouldContain("Taken in an emergency, it would be refused. They would read: \"Only members of /owners may take this");

        var taken = await TakeInEmergency();
        await Vote(taken, Bob, Core.Approvals.Choice.Deny, "No.");
        await Work();
        await Inquire(Alice, new Inquiry.Explain("me", DatabaseName));
        Said(Alice).ShouldContain("You took this in an emergency before, and it was denied");
    }

    [Fact]
    public async Task What_else_its_rule_says_is_said()
    {
        Directory.Add(Targets.ATarget() with { Id = new TargetId(TargetKind.Group, "g-payments"), Name = "/payments" });
        Offer(("excludes", "/payments"), ("risk", "high"), ("approver-channel", "#approvals"), ("approver-group-2", ApproverGroup.Path));
        await Inquire(Alice, new Inquiry.Explain("me", DatabaseName));

        Fact(Alice, "Never together with").ShouldBe("/payments");
        Fact(Alice, "Risk").ShouldStartWith("high");
        Fact(Alice, "Shown in").ShouldBe("#approvals");
        Said(Alice).ShouldContain("Stage 2: ");
        Said(Alice).ShouldNotContain("emergency");
    }

    [Fact]
    public async Task The_refusal_that_a_request_would_meet_is_quoted()
    {
        Directory.Add(OwnerGroup, Bob);
        Offer(("eligible-group", OwnerGroup.Path));
        await Inquire(Alice, new Inquiry.Explain("me", DatabaseName));

        Said(Alice).ShouldContain($"{Alice.Name} would not get {DatabaseName}");
        Said(Alice).ShouldContain("Only members of /owners may ask for this.");
    }

    [Fact]
    public async Task Somebody_who_would_decide_alone_is_told_that_nobody_could()
    {
        Directory.Add(ApproverGroup, Bob);
        await Inquire(Bob, new Inquiry.Explain("me", DatabaseName));

        Said(Bob).ShouldContain("but it would not be decided");
        Said(Bob).ShouldContain("so nobody could decide.");
    }

    [Fact]
    public async Task A_request_that_is_open_is_in_the_way()
    {
        await Ask();
        await Inquire(Alice, new Inquiry.Explain("me", DatabaseName));

        Said(Alice).ShouldContain("You have already asked for this, and it is not decided yet.");
    }

    [Fact]
    public async Task What_somebody_has_already_is_said()
    {
        await AskAndApprove();
        await Inquire(Alice, new Inquiry.Explain("me", DatabaseName));

        Said(Alice).ShouldContain("They have it now.");
    }

    [Theory, InlineData("p-alice"), InlineData("P-ALICE"), InlineData("slack:T1/U-p-alice")]
    public async Task The_security_team_and_administrators_may_ask_about_others_and_that_is_recorded(string alice)
    {
        foreach (var asker in new[] { Bob, Carol })
        {
            await Inquire(asker, new Inquiry.Explain(alice, DatabaseName));
            Said(asker).ShouldContain($"{Alice.Name} may ask for {DatabaseName}");
        }

        AuditLines.Count(line => line.Contains("asked about other people (explain) and was answered")).ShouldBe(2);
    }

    [Fact]
    public async Task Others_may_not_and_learn_nothing_of_who_there_is()
    {
        await Inquire(Mallory, new Inquiry.Explain("p-alice", DatabaseName));
        var ofAlice = Said(Mallory);
        await Inquire(Mallory, new Inquiry.Explain("nobody-at-all", DatabaseName));

        ofAlice.ShouldContain("This is only for administrators of the bot and the security team.");
        Said(Mallory).ShouldBe(ofAlice);
    }

    [Fact]
    public async Task Ones_own_name_is_as_good_as_me()
    {
        await Inquire(Alice, new Inquiry.Explain("p-alice", DatabaseName));

        Said(Alice).ShouldContain($"{Alice.Name} may ask for {DatabaseName}");
    }

    [Fact]
    public async Task What_is_not_offered_is_shown_only_to_those_who_look_after_access()
    {
        await Inquire(Alice, new Inquiry.Explain("me", ApproverGroup.Path));
        Said(Alice).ShouldContain($"No target is called \"{ApproverGroup.Path}\"");

        Directory.Add(Targets.ABareTarget() with { Id = new TargetId(TargetKind.Group, ApproverGroup.Id.Value), Name = ApproverGroup.Path });
        await Inquire(Bob, new Inquiry.Explain("me", ApproverGroup.Path));
        Said(Bob).ShouldContain("This is no longer offered for request.");
    }

    [Fact]
    public async Task Names_that_fit_several_are_listed()
    {
        Directory.Add(Targets.ATarget() with { Id = new TargetId(TargetKind.Group, "g-other"), Name = "/other/database" });
        await Inquire(Alice, new Inquiry.Explain("me", "database"));

        Said(Alice).ShouldContain("Which target is meant by \"database\"?");
        Said(Alice).ShouldContain($"{DatabaseName} (group:g-database)");
        Said(Alice).ShouldContain("/other/database (group:g-other)");
    }

    [Fact]
    public async Task The_security_team_is_told_who_has_a_target_until_when_and_why_and_nobody_else_is()
    {
        await AskAndApprove();
        await Inquire(Bob, new Inquiry.Who("database"));
        Said(Bob).ShouldContain($"{DatabaseName}: 1 person by a grant of the bot's");
        Said(Bob).ShouldContain($"{Alice.Name}: until {Clock.GetUtcNow() + Hours(8):yyyy-MM-dd HH:mm} UTC; approved by {Bob.Name}");
        AuditLines.ShouldContain(line => line.Contains("asked about other people (who) and was answered"));
        Chat.To(AccountOf(Bob))[^1].Message.Actions.Select(action => action.Label).ShouldBe([$"Revoke from {Alice.Name}"]);

        foreach (var other in new[] { Alice, Carol })
        {
            await Inquire(other, new Inquiry.Who("database"));
            Said(other).ShouldContain("This is only for the security team.");
            Said(other).ShouldNotContain(Bob.Name);
        }
    }

    [Fact]
    public async Task Who_has_a_target_that_is_no_longer_offered_is_told_as_well()
    {
        await AskAndApprove();
        Directory.Change(Database, facts => facts with { Levels = [new AttributeLevel(DatabaseName, new Dictionary<string, IReadOnlyList<string>>())] });
        await Inquire(Bob, new Inquiry.Who(DatabaseName));

        Said(Bob).ShouldContain($"{Alice.Name}: until ");
    }

    [Fact]
    public async Task A_grant_that_is_over_is_nobodys()
    {
        await AskAndApprove("1h");
        await Pass(Hours(2));
        await Inquire(Bob, new Inquiry.Who(DatabaseName));

        Said(Bob).ShouldContain($"Nobody has {DatabaseName} by a grant of the bot's");
    }

    [Fact]
    public async Task Who_was_asked_for_most_is_known_for_each_target()
    {
        (await Store.Overview.UsualBeneficiaries(Clock.GetUtcNow(), Ct)).ShouldBeEmpty();
        var since = Clock.GetUtcNow();
        for (var i = 0; i < 2; i++)
        {
            var request = await Ask();
            await Vote(request, Bob, Core.Approvals.Choice.Deny);
            await Work();
        }

        (await Store.Overview.UsualBeneficiaries(since, Ct)).ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(Database, Alice.Id));
        (await Store.Overview.UsualBeneficiaries(Clock.GetUtcNow() + Hours(1), Ct)).ShouldBeEmpty();
        await Ask(by: Mallory);
        await Ask(by: Carol);
        (await Store.Overview.UsualBeneficiaries(since, Ct)).ShouldBeEmpty();
    }

    private async Task Inquire(PersonRef by, Inquiry what)
    {
        Staff();
        await Press(new Command.Inquire(AccountOf(by), what));
        await Work();
    }

    private void Staff()
    {
        Directory.Add(security, Bob);
        Directory.Add(administrators, Carol);
    }

    /// <summary>The last thing that this person was told, all of it.</summary>
    private string Said(PersonRef person)
    {
        var message = Chat.To(AccountOf(person))[^1].Message;
        return string.Join('\n', message.Lines.Prepend(message.Title));
    }

    private string Fact(PersonRef person, string label) =>
        ((Core.Chat.FactValue.Words)Chat.To(AccountOf(person))[^1].Message.Facts.Single(fact => fact.Label == label).Value).Text;
}

public sealed class SqliteInquiryTests() : InquiryTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlInquiryTests() : InquiryTests(DatabaseKind.PostgreSql);
