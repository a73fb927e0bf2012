using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Stages, emergencies, exclusions, and what holders and approvers do with the length: on a real Keycloak.</summary>
public sealed class RulesTests(Deployment deployment) : JourneyTest(deployment), IClassFixture<Deployment>
{
    private SlackPerson Dave => Deployment.Person("dave");

    private SlackPerson Frank => Deployment.Person("frank");

    [Fact]
    public async Task Two_stages_are_asked_one_after_the_other_and_the_second_grants()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/tower");
        AllTold(Dave, "Alice Adams asks for /apps/tower").ShouldBeEmpty();
        await Presses(Bob, bobs, "Approve");
        var daves = await Question(Dave, Alice, "/apps/tower");
        (await Holds("alice", "/apps/tower")).ShouldBeFalse();
        daves.AllText.ShouldContain("stage 1: 1 of 1: Bob Brown; stage 2: 0 of 1");

        await Presses(Dave, daves, "Approve");
        await Told(Alice, "Granted: you now have /apps/tower");
        (await Holds("alice", "/apps/tower")).ShouldBeTrue();
        (await Becomes(Bob, bobs, m => IsClosed(m) && m.Text.StartsWith("Approved by Dave Dunn", StringComparison.Ordinal))).AllText.ShouldContain("stage 2: 1 of 1: Dave Dunn");
    }

    [Fact]
    public async Task A_channel_decides_where_the_rule_names_one_and_readers_of_it_do_not()
    {
        var channel = Deployment.Workspace.AddChannel("app-approvals");
        var before = Newest(Bob);
        await Asks(Alice, "/apps/forge");
        var card = await Carol.SeesMessage(m => m.ChannelId == channel.Id && m.Buttons.Count == 4 && m.Text.StartsWith("Alice Adams asks for /apps/forge", StringComparison.Ordinal), Patience, Ct);
        card.AllText.ShouldContain("Bob Brown");

        await Presses(Dave, card, "Approve");
        await Told(Dave, "Your decision on /apps/forge does not count");
        (await Holds("alice", "/apps/forge")).ShouldBeFalse();
        await Presses(Carol, card, "Approve");
        await Told(Alice, "Granted: you now have /apps/forge");
        await Becomes(Carol, card, m => m.Text.StartsWith("Approved by Carol Clark", StringComparison.Ordinal) && m.Buttons.All(b => b.Text != "Approve"));
        AllTold(Bob, "Alice Adams asks for /apps/forge").Where(m => string.CompareOrdinal(m.Ts, before) > 0).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_channel_that_was_archived_leaves_nobody_unasked()
    {
        var channel = Deployment.Workspace.AddChannel("closed-approvals");
        Deployment.Workspace.ChangeChannel(channel.Id, c => c with { IsArchived = true });
        var (bobs, _) = await AsksBoth(Frank, "/apps/kiln");
        await Presses(Bob, bobs, "Approve");
        await Told(Frank, "Granted: you now have /apps/kiln");
        (await Count(Subject(bobs), "message.set-aside")).ShouldBe(1);
    }

    [Fact]
    public async Task Two_approvals_are_needed_where_the_rule_says_so()
    {
        var (bobs, carols) = await AsksBoth(Alice, "/apps/safe");
        await Presses(Bob, bobs, "Approve");
        await Becomes(Carol, carols, m => m.AllText.Contains("1 of 2: Bob Brown", StringComparison.Ordinal));
        (await Holds("alice", "/apps/safe")).ShouldBeFalse();

        await Presses(Carol, carols, "Approve");
        await Told(Alice, "Granted: you now have /apps/safe");
        (await Holds("alice", "/apps/safe")).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_taken_in_an_emergency_is_there_at_once_and_goes_with_a_denial()
    {
        var form = await AboutToAsk(Frank, "/apps/firewall", reason: "The firewall drops everything.");
        await form.Picks("how", "emergency", Ct);
        (await form.Submits(Ct)).Closed.ShouldBeTrue();

        await Told(Frank, "Granted: you now have /apps/firewall");
        (await Holds("frank", "/apps/firewall")).ShouldBeTrue();
        var bobs = await Direct(Bob, m => m.Buttons.Count > 0 && m.Text.StartsWith("Frank Ford has taken /apps/firewall in an emergency", StringComparison.Ordinal));
        await Denies(Bob, bobs, "It does not.");

        await Told(Frank, "Your access to /apps/firewall has ended");
        (await Holds("frank", "/apps/firewall")).ShouldBeFalse();
        (await Count(Subject(bobs), "request.emergency")).ShouldBe(1);
        (await Count(Subject(bobs), "grant.ended")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_is_not_on_call_is_refused_an_emergency_and_told_who_may()
    {
        var form = await AboutToAsk(Alice, "/apps/firewall", reason: "The firewall drops everything.");
        await form.Picks("how", "emergency", Ct);
        (await form.Submits(Ct)).Closed.ShouldBeTrue();

        (await Told(Alice, "Your request for /apps/firewall was refused")).AllText.ShouldContain("Only members of /on-call may take this in an emergency.");
        (await Holds("alice", "/apps/firewall")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_rule_that_approves_gives_it_without_asking_anybody()
    {
        await Asks(Frank, "/apps/wiki");
        await Told(Frank, "Granted: you now have /apps/wiki");
        (await Holds("frank", "/apps/wiki")).ShouldBeTrue();
        AllTold(Bob, "Frank Ford asks for /apps/wiki").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("erin", "/apps/payments", "/apps/orders")]
    [InlineData("grace", "/apps/orders", "/apps/payments")]
    public async Task What_must_not_be_held_together_is_refused_from_either_side(string name, string held, string asked)
    {
        var person = Deployment.Person(name);
        await Gives(name, held);
        await Asks(person, asked);

        (await Told(person, $"Your request for {asked} was refused")).AllText.ShouldContain($"must not be held together with {held}");
        (await Holds(name, asked)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_approver_shortens_the_holder_extends_and_gives_back()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/valley", "4h");
        (await Bob.Clicks(bobs, "Shorten", Ct)).Worked.ShouldBeTrue();
        var dialog = await Bob.SeesModal(v => v.Title == "Approve for less", Patience, Ct);
        await dialog.Picks("duration", "1h", Ct);
        (await dialog.Submits(Ct)).Closed.ShouldBeTrue();
        var granted = await Told(Alice, "Granted: you now have /apps/valley");
        await Becomes(Bob, bobs, m => m.AllText.Contains("Approved for", StringComparison.Ordinal) && m.AllText.Contains("1 hour", StringComparison.Ordinal));

        (await Alice.Types("/request-access extend valley", Ct)).Error.ShouldBeNull();
        var form = await Alice.SeesModal(v => v.Title == "Extend access", Patience, Ct);
        await form.Picks("duration", "4h", Ct);
        form.Writes("justification", "The import takes longer.");
        (await form.Submits(Ct)).Closed.ShouldBeTrue();
        var extension = await Direct(Bob, m => m.Buttons.Count > 0 && m.Text.StartsWith("Alice Adams asks to extend /apps/valley", StringComparison.Ordinal));
        await Presses(Bob, extension, "Approve");
        await Told(Alice, "Extended: you have /apps/valley for longer", granted.Ts);
        (await Count(Subject(bobs), "grant.extended")).ShouldBe(1);

        (await Alice.Types("/request-access end valley", Ct)).Error.ShouldBeNull();
        await Told(Alice, "Your access to /apps/valley has ended", granted.Ts);
        (await Holds("alice", "/apps/valley")).ShouldBeFalse();
    }
}
