using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>A rule that has its requests decided in a channel: one card for all, and the same people who may decide.</summary>
public abstract class ChannelTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private const string Name = "#database-approvals";

    private static readonly Audience channel = new Audience.Channel(new ChatChannel(ChatPlatform.Slack, Name));
    private static readonly PersonRef dave = new(new PersonId("p-dave"), "Dave Dunn");

    [Fact]
    public async Task The_channel_gets_the_card_and_nobody_a_message_of_their_own()
    {
        Offer(("approver-channel", Name));
        await Ask();

        Card.Title.ShouldBe($"Alice Archer asks for {DatabaseName}");
        Card.Actions.Select(action => action.Label).ShouldBe(["Approve", "Deny", "Shorten", "Ask"]);
        Card.Facts.Single(fact => fact.Label == "Decided by").Value.ShouldBe(new FactValue.Words($"{Bob.Name}, {Carol.Name}"));
        Chat.To(AccountOf(Bob)).ShouldBeEmpty();
        Chat.To(AccountOf(Carol)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_who_may_decides_and_the_card_says_who()
    {
        Offer(("approver-channel", Name));
        var request = await AskAndApprove();

        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
        Directory.Has(Alice, Database).ShouldBeTrue();
        Card.Title.ShouldStartWith($"Approved by {Bob.Name}");
        Card.Actions.Select(action => action.Label).ShouldBe(["Revoke"]);
    }

    [Fact]
    public async Task Whoever_reads_along_decides_nothing_and_is_told_so_alone()
    {
        Offer(("approver-channel", Name));
        var request = await Ask();
        await Vote(request, Mallory);
        await Vote(request, Alice);
        await Work();

        await StateOf<RequestState.Pending>(request);
        Directory.ChangesSent.ShouldBe(0);
        Told(Mallory, $"Your decision on {DatabaseName} does not count").ShouldBe(1);
        Told(Alice, $"Your decision on {DatabaseName} does not count").ShouldBe(1);
        InChannel.Count.ShouldBe(1);
        Card.Actions.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_channel_out_of_reach_has_each_who_decides_asked_and_the_audit_says_so()
    {
        Chat.OnPost = (audience, _) => audience == channel ? new Sent.Unreachable("is_archived") : null;
        Offer(("approver-channel", Name));
        var request = await Ask();

        foreach (var approver in new[] { Bob, Carol })
            Chat.To(AccountOf(approver)).ShouldHaveSingleItem().Message.Actions.Count.ShouldBe(4);
        AuditLines.Count(line => line == $"A message could not be delivered (is_archived) to {channel}.").ShouldBe(1);
        Told(Alice, $"One approver of {DatabaseName}").ShouldBe(0);

        await Vote(request, Carol);
        await Work();
        await StateOf<RequestState.Approved>(request);
    }

    [Fact]
    public async Task A_channel_that_goes_while_a_request_waits_has_each_who_decides_asked()
    {
        Offer(("approver-channel", Name), ("approvals", "2"));
        var request = await Ask();
        Chat.OnUpdate = place => place.Conversation == channel.ToString() ? new Sent.Unreachable("is_archived") : null;
        await Vote(request, Bob);
        await Work();

        Chat.To(AccountOf(Carol)).ShouldHaveSingleItem().Message.Actions.Count.ShouldBe(4);
        await Vote(request, Carol);
        await Work();
        await StateOf<RequestState.Approved>(request);
        Chat.To(AccountOf(Carol)).ShouldHaveSingleItem().Message.Title.ShouldStartWith("Approved by");
    }

    [Theory, InlineData(CrashAt.AfterEach), InlineData(CrashAt.BeforeEach)]
    public async Task A_crash_at_any_commit_leaves_nobody_unasked_and_asks_nobody_twice(CrashAt at)
    {
        Chat.OnPost = (audience, _) => audience == channel ? new Sent.Unreachable("channel_not_found") : null;
        Offer(("approver-channel", Name));
        Commits.At = at;
        await Ask();
        await Pass(Minutes(10));

        foreach (var approver in new[] { Bob, Carol })
            Chat.To(AccountOf(approver)).Count(message => message.Message.Actions.Count == 4).ShouldBe(1);
    }

    [Fact]
    public async Task The_next_stage_and_reminders_are_said_below_the_card()
    {
        Directory.Add(dave, AccountOf(dave));
        Chat.Add(AccountOf(dave));
        Directory.Add(OwnerGroup, dave);
        Offer(("approver-channel", Name), ("approver-group-2", OwnerGroup.Path), ("pending-ttl", "2d"));
        var request = await AskAndApprove();

        var said = InChannel.Single(message => message.Message.Title == "Stage 2 of 2 begins");
        said.Message.Lines.ShouldBe([$"Asked now: {dave.Name}."]);
        said.Thread.ShouldBe(InChannel[0].Place);
        Chat.To(AccountOf(dave)).ShouldBeEmpty();

        await Pass(Hours(25));
        InChannel.Count(message => message.Message.Title.StartsWith("Alice Archer still waits", StringComparison.Ordinal)).ShouldBe(1);
        await Vote(request, dave);
        await Work();
        await StateOf<RequestState.Approved>(request);
        InChannel.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_approvers_own_page_lists_what_waits_in_a_channel_and_no_longer_once_it_is_decided()
    {
        Offer(("approver-channel", Name));
        foreach (var person in new[] { Bob, Mallory })
            await Press(new Command.ShowHome(AccountOf(person)));
        var request = await Ask();
        Waiting(Mallory).ShouldBeEmpty();
        Waiting(Bob).ShouldBe([$"Alice Archer asks for {DatabaseName}"]);

        await Vote(request, Carol);
        await Work();
        Waiting(Bob).ShouldBeEmpty();
    }

    private IReadOnlyList<string> Waiting(PersonRef person) => [.. Chat.Homes[AccountOf(person)].Sections[0].Items.Select(item => item.Title)];

    private IReadOnlyList<FakeChat.Said> InChannel => [.. Chat.Messages.Where(message => message.Audience == channel)];

    private ChatMessage Card => InChannel[0].Message;
}

public sealed class SqliteChannelTests() : ChannelTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlChannelTests() : ChannelTests(DatabaseKind.PostgreSql);
