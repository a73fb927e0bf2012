using ChatGovernance.Bot.Hosting;
using System.Globalization;
using System.Net;
using System.Text;
using ChatGovernance.Bot.Slack.Ingress;
using ChatGovernance.TestSupport;
using static ChatGovernance.Bot.Tests.Slack.SignedCalls;

namespace ChatGovernance.Bot.Tests.Slack.Ingress;

public sealed class VerificationTests : IAsyncLifetime
{
    private readonly ManualClock clock = new();
    private RunningBot bot = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => bot = await RunningBot.Start(null, clock, Ct);

    public async ValueTask DisposeAsync() => await bot.DisposeAsync();

    [Fact]
    public void The_signature_is_the_one_of_Slacks_own_example()
    {
        // https://docs.slack.dev/authentication/verifying-requests-from-slack
        var body = Encoding.UTF8.GetBytes("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c");

        SlackSignature.Sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body)
            .ShouldBe("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(300, 200)]
    [InlineData(-300, 200)]
    [InlineData(301, 401)]
    [InlineData(-301, 401)]
    public async Task A_call_is_taken_within_five_minutes_both_ways(int offBy, int status)
    {
        await Sends(Signed("slack/commands", Command("prod"), clock.GetUtcNow().AddSeconds(offBy)), (HttpStatusCode)status);

        bot.Inbox.Stored.Count.ShouldBe(status == 200 ? 1 : 0);
        bot.Counted.Refused("slack/commands", "outside-window").ShouldBe(status == 200 ? 0 : 1);
    }

    [Fact]
    public async Task A_call_signed_with_another_secret_is_refused_and_touches_nothing()
    {
        await Sends(Signed("slack/interactions", Payload(Click("approve", "x")), clock.GetUtcNow(), secret: "another"), HttpStatusCode.Unauthorized);

        bot.Inbox.Offered.ShouldBe(0);
        bot.Counted.Refused("slack/interactions", "forged").ShouldBe(1);
    }

    [Fact]
    public async Task A_body_that_was_changed_after_it_was_signed_is_refused()
    {
        var request = Signed("slack/commands", Command("prod"), clock.GetUtcNow());
        request.Content = new ByteArrayContent(Command("other"));

        await Sends(request, HttpStatusCode.Unauthorized);
        bot.Inbox.Offered.ShouldBe(0);
    }

    [Theory]
    [InlineData(null, "v0=00")]
    [InlineData("", "v0=00")]
    [InlineData("soon", "v0=00")]
    [InlineData("99999999999999999999", "v0=00")]
    [InlineData("-1", "v0=00")]
    [InlineData("now", null)]
    [InlineData("now", "")]
    public async Task A_call_without_a_readable_signature_is_refused(string? timestamp, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("slack/events", UriKind.Relative)) { Content = new ByteArrayContent("{}"u8.ToArray()) };
        if (timestamp is not null)
            request.Headers.TryAddWithoutValidation(SlackSignature.TimestampHeader, timestamp == "now" ? clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) : timestamp);
        if (signature is not null)
            request.Headers.TryAddWithoutValidation(SlackSignature.SignatureHeader, signature);

        await Sends(request, HttpStatusCode.Unauthorized);
        bot.Counted.Refused("slack/events", "unsigned").ShouldBe(1);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_by_its_length_alone()
    {
        await Sends(Signed("slack/events", new byte[RequestBody.Limit + 1], clock.GetUtcNow()), HttpStatusCode.RequestEntityTooLarge);

        bot.Counted.Refused("slack/events", "oversized").ShouldBe(1);
    }

    [Fact]
    public async Task A_body_that_does_not_say_its_length_is_read_up_to_the_limit()
    {
        var request = Signed("slack/events", new byte[RequestBody.Limit + 1], clock.GetUtcNow());
        request.Headers.TransferEncodingChunked = true;

        await Sends(request, HttpStatusCode.RequestEntityTooLarge);
        bot.Counted.Refused("slack/events", "oversized").ShouldBe(1);
    }

    [Theory]
    [InlineData("slack/commands", "")]
    [InlineData("slack/commands", "command")]
    [InlineData("slack/commands", "command=%2Fx&user_id=U1&team_id=T1")]
    [InlineData("slack/commands", "command=%2Fx&user_id=U1&team_id=T1&trigger_id=a%00b")]
    [InlineData("slack/commands", "command=%2Fx&user_id=U+1&team_id=T1&trigger_id=1.2")]
    [InlineData("slack/commands", "command=%2Fx&user_id=U1&user_id=U2&team_id=T1&trigger_id=1.2")]
    [InlineData("slack/interactions", "payload=")]
    [InlineData("slack/interactions", "payload=null")]
    [InlineData("slack/interactions", "payload=%5B%5D")]
    [InlineData("slack/interactions", "payload=%7B%22type%22%3A%22block_actions%22%7D")]
    [InlineData("slack/interactions", "payload=%7B%22type%22%3A%22%5Cud800%22%7D")]
    [InlineData("slack/options", "payload=%7B%22type%22%3A%22block_actions%22%7D")]
    [InlineData("slack/events", "")]
    [InlineData("slack/events", "nonsense")]
    [InlineData("slack/events", "{\"type\":\"event_callback\"}")]
    [InlineData("slack/events", "{\"type\":\"event_callback\",\"event_id\":\"Ev1\",\"event\":{\"type\":\"app_home_opened\",\"user\":\"\\ud800\"},\"team_id\":\"T1\"}")]
    public async Task A_malformed_delivery_is_refused_and_touches_nothing(string path, string body)
    {
        await Sends(Signed(path, Encoding.UTF8.GetBytes(body), clock.GetUtcNow()), HttpStatusCode.BadRequest);

        bot.Inbox.Offered.ShouldBe(0);
        bot.Counted.Refused(path, "malformed").ShouldBe(1);
    }

    private async Task Sends(HttpRequestMessage request, HttpStatusCode expected)
    {
        using (request)
        {
            using var response = await bot.Http.SendAsync(request, Ct);
            response.StatusCode.ShouldBe(expected);
        }
    }
}
