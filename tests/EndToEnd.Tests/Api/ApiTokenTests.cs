using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Realm;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Api;

/// <summary>Who may call at all: tokens of the realm, by its keys, for us, of accounts that are enabled now.</summary>
public sealed class ApiTokenTests(ApiDeployment deployment) : ApiTest(deployment), IClassFixture<ApiDeployment>
{
    private const string Path = "api/targets?limit=1";

    private SandboxRealm Sandbox => Deployment.Realm.Sandbox!;

    public static TheoryData<string> BadKinds => [.. Kinds.Keys];

    /// <summary>Each is right but for one thing.</summary>
    private static readonly Dictionary<string, Action<JsonObject>> Kinds = new()
    {
        ["expired"] = claims => claims["exp"] = Now(-120),
        ["without an end"] = claims => claims.Remove("exp"),
        ["not yet valid"] = claims => claims["nbf"] = Now(300),
        ["of another issuer"] = claims => claims["iss"] = "https://elsewhere.example/realms/demo",
        ["of another realm of the same server"] = claims => claims["iss"] = ((string)claims["iss"]!)[..^1] + "x",
        ["for another audience"] = claims => claims["aud"] = "ledger",
        ["for no audience"] = claims => claims.Remove("aud"),
        ["an ID token"] = claims => claims["typ"] = "ID",
        ["a refresh token"] = claims => claims["typ"] = "Refresh",
        ["a logout token"] = claims => claims["typ"] = "Logout",
        ["without a type"] = claims => claims.Remove("typ"),
        ["bound to a key"] = claims => claims["cnf"] = new JsonObject { ["jkt"] = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" },
        ["without a person"] = claims => claims.Remove("sub"),
        ["of a person who leads elsewhere"] = claims => claims["sub"] = "../../master/users",
        ["of a person who is not there"] = claims => claims["sub"] = Guid.CreateVersion7().ToString(),
        ["without a client"] = claims => claims.Remove("azp"),
    };

    [Theory, MemberData(nameof(BadKinds))]
    public async Task A_token_that_is_wrong_in_one_thing_opens_nothing(string kind)
    {
        var claims = await Deployment.Claims("alice", "portal", Ct);
        (await Call(Sandbox.Sign(claims))).Status.ShouldBe(HttpStatusCode.OK, "right but for one thing");
        Kinds[kind](claims);

        var refused = await Call(Sandbox.Sign(claims));
        (refused.Status, refused.Problem).ShouldBe((HttpStatusCode.Unauthorized, "invalid-token"));
        refused.Challenge.ShouldContain("invalid_token");
        refused.Body.ShouldNotContain("elsewhere.example");
    }

    [Fact]
    public async Task What_is_no_token_of_the_realms_opens_nothing()
    {
        var token = Sandbox.Sign(await Deployment.Claims("alice", "portal", Ct));
        var parts = token.Split('.');
        using var other = RSA.Create(2048);
        string[] bad =
        [
            "", "x", "a.b.c", parts[0], $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA", $"{parts[0]}.{parts[1]}.{parts[2]}.{parts[2]}", $"{token} {token}",
            $"{Part(new JsonObject { ["alg"] = "none" })}.{parts[1]}.",
            // The public key as if it were a shared secret, with the realm's own key id.
            Hmac(parts, await PublicKey()),
            // The realm's key id, another's signature.
            $"{parts[0]}.{parts[1]}.{Encode(other.SignData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}",
            // A key that the token brings along.
            SelfSigned(parts, other),
            new string('a', 17 * 1024),
        ];
        foreach (var one in bad)
            (await Call(one)).Status.ShouldBe(HttpStatusCode.Unauthorized, one[..Math.Min(one.Length, 60)]);

        using var nobody = new ApiCaller(Deployment.Bot.Url, null, "");
        var none = await nobody.Get(Path, Ct);
        (none.Status, none.Challenge).ShouldBe((HttpStatusCode.Unauthorized, "Bearer"));
        (await nobody.Get(Path, Ct, ("Authorization", $"Basic {token}"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await nobody.Get($"{Path}&access_token={token}", Ct)).Status.ShouldBe(HttpStatusCode.Unauthorized, "no token in an address");
        (await nobody.Get(Path, Ct, ("Cookie", $"access_token={token}"))).Status.ShouldBe(HttpStatusCode.Unauthorized, "no browser's credentials");
    }

    [Fact]
    public async Task An_account_that_is_disabled_is_refused_at_once_though_its_token_goes_on()
    {
        using var erin = await Caller("erin");
        (await erin.Get(Path, Ct)).Status.ShouldBe(HttpStatusCode.OK);
        await Administrator(HttpMethod.Put, $"users/{erin.Id}", new JsonObject { ["enabled"] = false });
        try
        {
            (await erin.Get(Path, Ct)).Problem.ShouldBe("invalid-token");
            (await erin.Post(Requests, Ask("/apps/arena"), Ct)).Problem.ShouldBe("invalid-token");
        }
        finally
        {
            await Administrator(HttpMethod.Put, $"users/{erin.Id}", new JsonObject { ["enabled"] = true });
        }
    }

    [Fact]
    public async Task The_bots_own_account_does_not_call()
    {
        using var bot = await Deployment.Service("chat-governance", mayFileForOthers: true, Ct);
        (await bot.Get(Path, Ct)).Problem.ShouldBe("invalid-token");
    }

    [Fact]
    public async Task A_new_key_of_the_realm_is_known_at_the_first_token_that_it_signed_and_the_old_one_no_longer_opens()
    {
        var claims = await Deployment.Claims("alice", "portal", Ct);
        var before = Sandbox.Sign(claims);
        (await Call(before)).Status.ShouldBe(HttpStatusCode.OK);
        Sandbox.RotateKey();

        (await Call(Sandbox.Sign(claims))).Status.ShouldBe(HttpStatusCode.OK);
        (await Call(before)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task With_Keycloak_away_nobody_is_let_in_and_everybody_is_told_when_to_try_again()
    {
        using var alice = await Caller("alice");
        (await alice.Get(Path, Ct)).Status.ShouldBe(HttpStatusCode.OK);
        using (Deployment.Realm.Sandbox!.Faults.Drop(afterEffect: false, call => call.Path.StartsWith("users", StringComparison.Ordinal)))
        {
            var away = await alice.Get(Path, Ct);
            (away.Status, away.Problem).ShouldBe((HttpStatusCode.ServiceUnavailable, "keycloak-away"));
            away.RetryAfter.ShouldNotBeNull();
        }

        (await alice.Get(Path, Ct)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_page_of_another_origin_is_let_in()
    {
        using var alice = await Caller("alice");
        (await alice.Get(Path, Ct, ("Origin", "https://elsewhere.example"))).Allowed.ShouldBeFalse();
        (await alice.Send(HttpMethod.Options, Requests, null, Ct, ("Origin", "https://elsewhere.example"), ("Access-Control-Request-Method", "POST"))).Allowed.ShouldBeFalse();
    }

    private async Task<ApiAnswer> Call(string token)
    {
        using var caller = new ApiCaller(Deployment.Bot.Url, null, "");
        return await caller.Get(Path, Ct, ("Authorization", $"Bearer {token}"));
    }

    private async Task<JsonNode> PublicKey()
    {
        using var http = new ApiCaller(Deployment.Realm.Server, null, "");
        return (await http.Get($"realms/{Deployment.Realm.Name}/protocol/openid-connect/certs", Ct)).Json["keys"]![0]!;
    }

    private static string Hmac(string[] parts, JsonNode key)
    {
        var signed = $"{Part(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT", ["kid"] = (string)key["kid"]! })}.{parts[1]}";
        return $"{signed}.{Encode(HMACSHA256.HashData(Encoding.ASCII.GetBytes((string)key["n"]!), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string SelfSigned(string[] parts, RSA key)
    {
        var its = key.ExportParameters(includePrivateParameters: false);
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["jwk"] = new JsonObject { ["kty"] = "RSA", ["n"] = Encode(its.Modulus!), ["e"] = Encode(its.Exponent!) } };
        var signed = $"{Part(header)}.{parts[1]}";
        return $"{signed}.{Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(JsonObject json) => Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static long Now(int seconds) => TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds();
}
