using System.Text.Json.Nodes;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.Ingress;
using ChatGovernance.Bot.Slack.Socket;
using ChatGovernance.Bot.Tests.Chat;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport;
using static ChatGovernance.Bot.Tests.Slack.SignedCalls;

namespace ChatGovernance.Bot.Tests.Slack.Socket;

/// <summary>What comes over a connection is taken as what comes by HTTP, and acknowledged once it is stored.</summary>
public sealed class SocketDeliveryTests : SocketTest
{
    private readonly ManualClock clock;

    public SocketDeliveryTests()
        : this(new ManualClock())
    {
    }

    private SocketDeliveryTests(ManualClock clock)
        : base(clock) => this.clock = clock;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await StartBot();
        await Sockets.SeesOpen(2, ct: Ct);
    }

    [Fact]
    public async Task A_command_is_stored_as_by_HTTP_and_its_help_is_in_the_acknowledgement()
    {
        (await Alice.Types("/request-access help", Ct)).Answer!.AllText.ShouldContain("/request-access status");
        (await Alice.Types("/request-access prod & co = 100 % ä+b", Ct)).Error.ShouldBeNull();

        Bot.Inbox.Stored.ShouldHaveSingleItem().Kind.ShouldBe(DeliveryKind.Commands);
        var open = Read<Command.OpenRequestForm>();
        open.By.ShouldBe(new ChatAccount(ChatPlatform.Slack, Workspace.TeamId, Alice.Id));
        open.SearchText.ShouldBe("prod & co = 100 % ä+b");
    }

    [Fact]
    public async Task A_form_is_searched_picked_corrected_and_sent()
    {
        await Alice.Types("/request-access", Ct);
        await Bot.Chat.OpenForm(Read<Command.OpenRequestForm>().Trigger, Samples.Forms["form-empty"], Ct);
        var modal = Alice.Modal!;

        var found = await modal.Searches("target", "data", Ct);
        (await modal.Picks("target", found.Options.ShouldHaveSingleItem(), Ct)).Trouble.ShouldBeNull();
        Read<Command.PickTarget>().View.ShouldBe(modal.Id);

        modal.Writes("justification", "short");
        (await modal.Submits(Ct)).Errors.Keys.ShouldBe(["justification"]);
        modal.Writes("justification", "Because a+b & \"c\" = 100 % <ä>");
        (await modal.Submits(Ct)).Closed.ShouldBeTrue();
        Read<Command.SubmitRequest>().Input[Fields.Justification].ShouldBe("Because a+b & \"c\" = 100 % <ä>");
    }

    [Fact]
    public async Task A_click_and_an_opened_home_are_stored_and_acknowledged_without_a_payload()
    {
        (await Delivers("e1", "interactive", Click("approve", RequestText), takesAnswer: false)).ShouldBe(Acknowledged());
        Read<Command.CastVote>().Choice.ShouldBe(Choice.Approve);
        (await Alice.OpensHome(Ct)).Trouble.ShouldBeNull();
        Read<Command.ShowHome>();

        Sockets.Acks.ShouldAllBe(ack => ack.Payload == null);
    }

    [Fact]
    public async Task An_answer_goes_along_only_where_one_is_taken()
    {
        (await Delivers("e1", "slash_commands", Command("help", "1.1"), takesAnswer: false)).ShouldBe(Acknowledged());
        (await Delivers("e2", "slash_commands", Command("help", "1.2"))).ShouldBeOfType<BotAnswer.Answered>().Body.ShouldContain("ephemeral");
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_it_is_stored_and_a_slow_one_holds_up_no_other()
    {
        var stored = new TaskCompletionSource();
        Bot.Inbox.Before = delivery => delivery.Key.EndsWith("1.1", StringComparison.Ordinal) ? stored.Task : Task.CompletedTask;
        var slow = Delivers("slow", "slash_commands", Command("prod", "1.1"));
        (await Delivers("quick", "slash_commands", Command("prod", "1.2"))).ShouldBe(Acknowledged());

        Sockets.Acks.Select(ack => ack.EnvelopeId).ShouldBe(["quick"]);
        stored.SetResult();
        (await slow).ShouldBe(Acknowledged());
        Bot.Inbox.Stored.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_not_stored_is_not_acknowledged_and_people_are_told()
    {
        Bot.Inbox.Trouble = new InvalidOperationException("database is away");
        var home = Delivers("e1", "events_api", HomeOpened("Ev1"), takesAnswer: false);
        var click = Delivers("e2", "interactive", Click("approve", RequestText), takesAnswer: false);
        await Bot.Counted.Until(SocketMetrics.Unacknowledged, "slack/events not-stored", 1, Ct);
        await Bot.Counted.Until(SocketMetrics.Unacknowledged, "slack/interactions not-stored", 1, Ct);

        (await Alice.Types("/request-access", Ct)).Answer!.AllText.ShouldContain("try again");
        var form = (await Delivers("e3", "interactive", Submission("ask", FormText, Asked(Target, "8h", "Looking into the failed backup")))).ShouldBeOfType<BotAnswer.Answered>();
        JsonNode.Parse(form.Body)!["errors"]!["target"]!.GetValue<string>().ShouldContain("try again");
        Sockets.Acks.Select(ack => ack.EnvelopeId).ShouldNotContain("e1");
        Sockets.Acks.Select(ack => ack.EnvelopeId).ShouldNotContain("e2");

        clock.Advance(BotClient.Patience);
        (await home).ShouldBeOfType<BotAnswer.TimedOut>();
        (await click).ShouldBeOfType<BotAnswer.TimedOut>();
        Bot.Inbox.Trouble = null;
        (await Delivers("e1", "events_api", HomeOpened("Ev1"), takesAnswer: false)).ShouldBe(Acknowledged());
        Bot.Inbox.Stored.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_command_is_answered_in_time_although_the_database_hangs()
    {
        Bot.Inbox.Hangs = true;
        var typed = Alice.Types("/request-access", Ct);
        await Bot.Inbox.Hung;
        clock.Advance(StoreDelivery.Within);

        (await typed).Answer!.AllText.ShouldContain("try again");
    }

    [Fact]
    public async Task An_event_that_was_put_off_comes_again_and_is_stored()
    {
        Bot.Inbox.Hangs = true;
        var opened = Alice.OpensHome(Ct);
        await Bot.Inbox.Hung;
        clock.Advance(StoreDelivery.Within);
        await Bot.Counted.Until(SocketMetrics.Unacknowledged, "slack/events not-stored", 1, Ct);
        Bot.Inbox.Hangs = false;
        clock.Advance(BotClient.Patience);

        (await opened).Trouble.ShouldBe("operation_timeout");
        await Workspace.Events.Settled();
        Read<Command.ShowHome>();
        Bot.Inbox.Stored.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_event_whose_acknowledgement_was_lost_comes_again_and_is_acknowledged_and_stored_once()
    {
        Sockets.LosesAcks(1);
        var opened = Alice.OpensHome(Ct);
        await Sockets.SeesAck(ack => ack.Lost, Ct);
        clock.Advance(BotClient.Patience);

        (await opened).Trouble.ShouldBe("operation_timeout");
        await Workspace.Events.Settled();
        Sockets.Acks.Select(ack => ack.Lost).ShouldBe([true, false]);
        Bot.Inbox.Stored.ShouldHaveSingleItem();
        Bot.Inbox.Offered.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_envelope_over_two_connections_is_taken_once_and_acknowledged_twice()
    {
        var stored = new TaskCompletionSource();
        Bot.Inbox.Before = _ => stored.Task;
        var open = Sockets.Open;
        var both = open.Select(socket => Delivers("same", "slash_commands", Command("prod", "1.1"), over: socket)).ToArray();
        stored.SetResult();

        (await Task.WhenAll(both)).ShouldAllBe(answer => answer == Acknowledged());
        Sockets.Acks.Select(ack => ack.Socket).ShouldBe(open.Select(socket => socket.Number), ignoreOrder: true);
        Bot.Inbox.Offered.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_delivery_in_two_envelopes_is_stored_once_and_answered_as_before()
    {
        var form = Submission("ask", FormText, Asked(Target, "8h", "Looking into the failed backup"));
        var first = await Delivers("e1", "interactive", form);
        Bot.Catalog.Current = FixedCatalog.Only(FixedCatalog.Demo); // it would be refused by now

        (await Delivers("e2", "interactive", form, over: Sockets.Open[1])).ShouldBe(first);
        first.ShouldBe(Acknowledged("""{"response_action":"clear"}"""));
        Bot.Inbox.Stored.ShouldHaveSingleItem();
    }

    private T Read<T>()
        where T : Command => Bot.Read(Bot.Inbox.Stored.Count - 1).ShouldBeOfType<T>();
}
