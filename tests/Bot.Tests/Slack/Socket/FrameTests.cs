using ChatGovernance.Bot.Hosting;
using System.Text;
using ChatGovernance.Bot.Slack.Ingress;
using ChatGovernance.Bot.Slack.Socket;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Bot.Tests.Slack.Socket;

/// <summary>Whatever comes over a connection, it stays open and what comes next is taken.</summary>
public sealed class FrameTests() : SocketTest(new ManualClock())
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await StartBot(("Slack:SocketConnections", "1"));
        await Sockets.SeesOpen(1, ct: Ct);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"type":"slash_commands","payload":{"command":"/x"}}""")]
    [InlineData("""{"type":"slash_commands","envelope_id":"e 1","payload":{}}""")]
    [InlineData("""{"type":"events_api","envelope_id":"e1","payload":"text"}""")]
    [InlineData("""{"type":"interactive","envelope_id":"e1"}""")]
    public async Task What_cannot_be_read_is_counted_and_not_acknowledged(string frame)
    {
        await Sockets.Open[0].Sends(frame);
        await Bot.Counted.Until("chatgovernance.slack.refused", "slack/socket malformed", 1, Ct);

        await TakesTheNext();
        Sockets.Acks.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("""{"type":"slash_commands","envelope_id":"e1","payload":{}}""", "slack/commands")]
    [InlineData("""{"type":"slash_commands","envelope_id":"e1","payload":{"command":"/x","text":"\ud800"}}""", "slack/commands")]
    [InlineData("""{"type":"interactive","envelope_id":"e1","payload":{"type":"block_actions"}}""", "slack/interactions")]
    [InlineData("""{"type":"interactive","envelope_id":"e1","payload":{"type":"block_suggestion"}}""", "slack/options")]
    [InlineData("""{"type":"events_api","envelope_id":"e1","payload":{"type":"event_callback"}}""", "slack/events")]
    public async Task A_delivery_that_is_none_is_refused_as_by_HTTP(string frame, string kind)
    {
        await Sockets.Open[0].Sends(frame);
        await Bot.Counted.Until("chatgovernance.slack.refused", $"{kind} malformed", 1, Ct);
        await Bot.Counted.Until(SocketMetrics.Unacknowledged, $"{kind} malformed", 1, Ct);

        await TakesTheNext();
        Sockets.Acks.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_of_an_unknown_type_is_acknowledged_where_it_asks_for_it_and_nothing_is_done()
    {
        await Sockets.Open[0].Sends("""{"type":"hello"}""");
        await Sockets.Open[0].Sends("""{"type":"news","text":"x"}""");
        await Sockets.Open[0].Sends("""{"type":"workflow_step","envelope_id":"w1","payload":{}}""");

        await Sockets.SeesAck(ack => ack.EnvelopeId == "w1", Ct);
        Bot.Counted.Ignored("slack/socket").ShouldBe(2);
        Bot.Inbox.Offered.ShouldBe(0);
        await TakesTheNext();
    }

    [Fact]
    public async Task What_is_larger_than_by_HTTP_is_read_over_and_not_taken()
    {
        var most = RequestBody.Limit - Frame("").Length;
        await Sockets.Open[0].Sends(Frame(new string('x', most + 1)));
        await Bot.Counted.Until("chatgovernance.slack.refused", "slack/socket oversized", 1, Ct);
        await Sockets.Open[0].SendsBytes(Encoding.UTF8.GetBytes(Frame("")));
        await Bot.Counted.Until("chatgovernance.slack.refused", "slack/socket malformed", 1, Ct);
        await Sockets.Open[0].Sends(Frame(new string('x', most)));

        await Sockets.SeesAck(ack => ack.EnvelopeId == "large", Ct);
        await TakesTheNext();

        static string Frame(string text) => $$"""{"type":"news","envelope_id":"large","text":"{{text}}"}""";
    }

    private async Task TakesTheNext() =>
        (await Delivers("next", "slash_commands", Command("help", "9.9"))).ShouldBeOfType<BotAnswer.Answered>().Body.ShouldContain("ephemeral");
}
