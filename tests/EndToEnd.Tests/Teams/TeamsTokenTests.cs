using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.EndToEnd.Tests.Teams;

/// <summary>An activity counts when the Bot Connector signed for it, and changes nothing otherwise.</summary>
public sealed class TeamsTokenTests(TeamsAloneDeployment deployment) : TeamsTest(deployment), IClassFixture<TeamsAloneDeployment>
{
    public static TheoryData<string> Bad =>
    [
        "none", "empty", "not-bearer", "garbage", "alg-none", "hmac", "unknown-key", "no-key", "issuer", "no-issuer", "audience", "no-audience",
        "expired", "no-exp", "not-yet", "no-nbf", "service-url", "no-service-url", "channel", "other-channel-of-the-bot", "tenant", "two-tenants",
    ];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Everything_else_is_refused_and_changes_nothing(string what)
    {
        var activity = TeamsAlice.Activity("message", TeamsAlice.Direct, ("text", "status"));
        var claims = TeamsAlice.Claims();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var key = Tenant.Keys[0].Key;
        using var stranger = new SigningKey("key-404");
        switch (what)
        {
            case "issuer": claims["iss"] = "https://sts.windows.net/"; break;
            case "no-issuer": claims.Remove("iss"); break;
            case "audience": claims["aud"] = "somebody-else"; break;
            case "no-audience": claims.Remove("aud"); break;
            case "expired": claims["exp"] = now - 301; claims["nbf"] = now - 4000; break;
            case "no-exp": claims.Remove("exp"); break;
            case "not-yet": claims["nbf"] = now + 310; break;
            case "no-nbf": claims.Remove("nbf"); break;
            case "service-url": claims["serviceurl"] = "https://evil.example/"; break;
            case "no-service-url": claims.Remove("serviceurl"); break;
            case "channel": activity["channelId"] = "skype"; break;
            case "other-channel-of-the-bot": activity["channelId"] = "webchat"; break;
            case "tenant": (activity["conversation"]!["tenantId"], activity["channelData"]!["tenant"]!["id"]) = ("another-tenant", "another-tenant"); break;
            case "two-tenants": activity["channelData"]!["tenant"]!["id"] = "another-tenant"; break;
        }

        var token = what switch
        {
            "none" => null,
            "empty" => "",
            "garbage" => "a.b.c",
            "alg-none" => SigningKey.SignWithNothing(claims),
            "hmac" => key.SignSymmetrically(claims),
            "unknown-key" => stranger.Sign(claims),
            "no-key" => stranger.Sign(claims, new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT" }),
            _ => key.Sign(claims),
        };
        var before = await Rows();
        var answer = what == "not-bearer"
            ? await Plain(activity, $"Basic {key.Sign(claims)}")
            : (await TeamsAlice.Send(Encoding.UTF8.GetBytes(activity.ToJsonString()), token, Ct)).Status;

        answer.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        (await Rows()).ShouldBe(before);
    }

    [Theory]
    [InlineData(-3600, -240)]
    [InlineData(240, 3600)]
    public async Task Clocks_may_differ_by_five_minutes(int notBefore, int expires)
    {
        var claims = TeamsAlice.Claims();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        (claims["nbf"], claims["exp"]) = (now + notBefore, now + expires);

        var activity = TeamsAlice.Activity("message", TeamsAlice.Direct, ("text", "help"));
        (await TeamsAlice.Send(Encoding.UTF8.GetBytes(activity.ToJsonString()), Tenant.Keys[0].Key.Sign(claims), Ct)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_the_keys_cannot_be_read_a_new_bot_turns_everything_away_and_takes_it_once_they_can()
    {
        Tenant.HidesKeys = true;
        try
        {
            await Deployment.Bot.Kill();
            await Deployment.StartBot(Ct);
            Tenant.BotUrl = Deployment.Bot.Url;
            (await TeamsAlice.Types("help", Ct)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
        finally
        {
            Tenant.HidesKeys = false;
        }

        await Until(async () => (await TeamsAlice.Types("help", Ct)).Status == HttpStatusCode.OK, "the keys to be read", TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("replyToId")]
    [InlineData("id")]
    public async Task What_is_no_id_is_400(string name)
    {
        var activity = TeamsAlice.Activity("message", TeamsAlice.Direct, ("text", "help"));
        activity[name] = "1\u0000";
        (await TeamsAlice.Send(activity, Ct)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Of_somebody_whom_no_directory_knows_nothing_is_taken_and_an_invoke_says_so()
    {
        var before = await Rows();
        var activity = TeamsAlice.Activity("invoke", TeamsAlice.Direct, ("name", "adaptiveCard/action"));
        activity["value"] = new JsonObject { ["action"] = new JsonObject { ["verb"] = "approve", ["data"] = new JsonObject() } };
        activity["from"]!.AsObject().Remove("aadObjectId");

        var answer = await TeamsAlice.Send(activity, Ct);

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.InnerStatus.ShouldBe(403);
        (await Rows()).ShouldBe(before);
    }

    [Fact]
    public async Task A_rotated_key_is_taken_and_forged_ones_read_nothing_more()
    {
        (await TeamsAlice.Types("help", Ct)).Status.ShouldBe(HttpStatusCode.OK);
        Tenant.Keys.Insert(0, (new SigningKey("key-2"), ["msteams"]));
        await Until(async () => (await TeamsAlice.Types("help", Ct)).Status == HttpStatusCode.OK, "the new key to be taken", TimeSpan.FromSeconds(60));

        var reads = Tenant.MetadataReads;
        using var stranger = new SigningKey("key-404");
        var activity = Encoding.UTF8.GetBytes(TeamsAlice.Activity("message", TeamsAlice.Direct, ("text", "status")).ToJsonString());
        var flood = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => TeamsAlice.Send(activity, stranger.Sign(TeamsAlice.Claims()), Ct)));
        flood.ShouldAllBe(answer => answer.Status == HttpStatusCode.Unauthorized);
        (Tenant.MetadataReads - reads).ShouldBeLessThanOrEqualTo(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"message\"}")]
    [InlineData("{\"type\":\"message\",\"serviceUrl\":\"http://example.org/\"}")]
    public async Task What_is_no_activity_is_400(string body) =>
        (await TeamsAlice.Send(Encoding.UTF8.GetBytes(body), Tenant.Keys[0].Key.Sign(TeamsAlice.Claims()), Ct)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task What_is_too_large_is_413() =>
        (await TeamsAlice.Send(new byte[(1024 * 1024) + 1], null, Ct)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    private async Task<object?> Rows() => await Deployment.Audit.Ask("SELECT (SELECT count(*) FROM inbox) || ' ' || (SELECT count(*) FROM conversations)", Ct);

    private async Task<HttpStatusCode> Plain(JsonObject activity, string authorization)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Deployment.Bot.Url, "api/messages")) { Content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await http.SendAsync(request, Ct);
        return answer.StatusCode;
    }
}
