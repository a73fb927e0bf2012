using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.Socket;
using ChatGovernance.Sandbox.Slack.People;

namespace ChatGovernance.Bot.Tests.Slack.Socket;

/// <summary>Connections come and go, and what people do arrives.</summary>
public sealed class ConnectionTests() : SocketTest(TimeProvider.System)
{
    [Fact]
    public async Task Two_are_open_and_what_comes_over_either_is_taken()
    {
        await StartBot();
        var open = await Greeted(2);

        foreach (var socket in open)
            (await Delivers($"e{socket.Number}", "slash_commands", Command("prod", $"1.{socket.Number}"), over: socket)).ShouldBe(Acknowledged());
        Bot.Inbox.Stored.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("refresh_requested", "refresh")]
    [InlineData("warning", "warning")]
    [InlineData("link_disabled", "link-disabled")]
    public async Task Before_one_ends_its_replacement_is_open_and_until_then_the_old_one_serves(string reason, string why)
    {
        await StartBot(("Slack:SocketConnections", "1"));
        var old = (await Greeted(1))[0];
        await old.Disconnects(reason);
        var both = await Sockets.SeesOpen(2, ct: Ct);

        old.Ended.IsCompleted.ShouldBeFalse();
        foreach (var socket in both)
            (await Delivers($"e{socket.Number}", "slash_commands", Command("prod", $"1.{socket.Number}"), over: socket)).ShouldBe(Acknowledged());
        await old.Closes();
        await old.Ended.WaitAsync(Ct);
        await Bot.Counted.Until(SocketMetrics.Ended, why, 1, Ct);
        (await Sockets.SeesOpen(1, ct: Ct))[0].Number.ShouldBe(2);
        Bot.Counted.Of(SocketMetrics.Opened).ShouldBe(2);
    }

    [Fact]
    public async Task A_replacement_that_does_not_come_about_is_tried_again_while_the_old_one_serves()
    {
        await StartBot(("Slack:SocketConnections", "1"));
        var old = (await Greeted(1))[0];
        using var held = Workspace.Faults.HeldBefore("apps.connections.open");
        Workspace.Faults.ServerError("apps.connections.open", times: 2);
        await old.Disconnects("refresh_requested");
        await held.Reached.WaitAsync(Ct);

        (await Delivers("e1", "slash_commands", Command("prod", "1.1"), over: old)).ShouldBe(Acknowledged());
        held.Release();
        await Sockets.SeesOpen(2, newest: 2, Ct);
    }

    [Theory]
    [InlineData(false, "lost")]
    [InlineData(true, "closed")]
    public async Task One_that_ends_without_a_word_is_opened_again(bool inOrder, string why)
    {
        await StartBot();
        var lost = (await Greeted(2))[0];
        if (inOrder)
            await lost.Closes();
        else
            lost.Drops();

        await Sockets.SeesOpen(2, newest: 3, Ct);
        await Bot.Counted.Until(SocketMetrics.Ended, why, 1, Ct);
        (await Alice.Types("/request-access", Ct)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task One_on_which_nothing_is_heard_any_more_is_given_up()
    {
        Sockets.Deaf = true;
        await StartBot(RunningBot.Quick with { PingEvery = TimeSpan.FromMilliseconds(100), PongWithin = TimeSpan.FromSeconds(3) }, ("Slack:SocketConnections", "1"));
        var dead = (await Greeted(1))[0];
        Sockets.Deaf = false;

        await Sockets.SeesOpen(1, newest: dead.Number + 1, Ct);
        await Bot.Counted.Until(SocketMetrics.Ended, "lost", 1, Ct);
        (await Alice.Types("/request-access", Ct)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_in_hand_when_its_connection_broke_is_stored_once_and_acknowledged_over_another()
    {
        await StartBot();
        var open = await Greeted(2);
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        Bot.Inbox.Before = _ =>
        {
            begun.TrySetResult();
            return go.Task;
        };
        var first = Delivers("e1", "events_api", HomeOpened("Ev1"), takesAnswer: false, over: open[0]);
        await begun.Task.WaitAsync(Ct);
        open[0].Drops();
        (await first).ShouldBeOfType<BotAnswer.Unreachable>();
        var again = Delivers("e1", "events_api", HomeOpened("Ev1"), takesAnswer: false, over: open[1]);
        go.SetResult();

        (await again).ShouldBe(Acknowledged());
        Bot.Inbox.Stored.ShouldHaveSingleItem();
        await Bot.Counted.Until(SocketMetrics.Unacknowledged, "slack/events lost", 1, Ct);
    }

    [Fact]
    public async Task At_the_end_what_is_in_hand_is_acknowledged_and_the_connections_are_closed_in_order()
    {
        await StartBot();
        var open = await Greeted(2);
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        Bot.Inbox.Before = _ =>
        {
            begun.TrySetResult();
            return go.Task;
        };
        var inHand = Delivers("e1", "slash_commands", Command("prod", "1.1"), over: open[0]);
        await begun.Task.WaitAsync(Ct);
        var stopped = Bot.Stop();
        await open[1].Ended.WaitAsync(Ct);
        go.SetResult();

        (await inHand).ShouldBe(Acknowledged());
        await stopped;
        await open[0].Ended.WaitAsync(Ct);
        open.ShouldAllBe(socket => socket.ClosedByApp);
        Bot.Counted.Of(SocketMetrics.Ended, "stopped").ShouldBe(2);
    }

    [Fact]
    public async Task No_token_and_no_ticket_is_logged_whatever_happens()
    {
        Workspace.Faults.Dropped("apps.connections.open");
        Workspace.Faults.Refused("internal_error", "chat.postMessage");
        await StartBot();
        var open = await Greeted(2);
        open[0].Drops();
        await open[1].Disconnects("refresh_requested");
        await Sockets.SeesOpen(3, newest: 4, Ct);

        var tickets = Workspace.Calls.Where(call => call is { Method: "apps.connections.open", Error: null }).Select(call => call.Answer!.Value.GetProperty("url").GetString()!.Split("ticket=")[1][..32]).ToList();
        tickets.Count.ShouldBe(4);
        Bot.Log.Text.ShouldContain("A connection of Socket Mode is open.");
        foreach (var secret in tickets.Append(Workspace.AppToken).Append(Workspace.BotToken))
            Bot.Log.Text.ShouldNotContain(secret);
    }
}
