using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class RateLimitTests : WorkspaceTest
{
    protected override SlackWorkspaceOptions Options => new() { Time = Clock, EnforceRateLimits = true };

    [Fact]
    public async Task A_channel_takes_about_a_message_a_second()
    {
        (await Status(General)).ShouldBe(HttpStatusCode.OK);
        (await Status(General)).ShouldBe(HttpStatusCode.OK);
        (await Status(General)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await Status(Workspace.Channel("access-audit").Id)).ShouldBe(HttpStatusCode.OK);
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await Status(General)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_tier_is_for_a_method_and_says_how_long_to_wait()
    {
        for (int i = 0; i < 20; i++) (await Form("conversations.list")).Error().ShouldBeNull();
        using HttpResponseMessage refused = await Send("conversations.list", []);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
        (await Form("users.info", ("user", "U0000001"))).Error().ShouldBeNull();
        Clock.Advance(TimeSpan.FromSeconds(3));
        (await Form("conversations.list")).Error().ShouldBeNull();
    }

    private async Task<HttpStatusCode> Status(string channel)
    {
        using HttpResponseMessage response = await Send("chat.postMessage", new JsonObject { ["channel"] = channel, ["text"] = "x" });
        return response.StatusCode;
    }
}
