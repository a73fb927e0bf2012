using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>What Keycloak, or something between it and the bot, may answer instead of what was asked.</summary>
internal static class Trouble
{
    public static IReadOnlyList<string> All { get; } = ["dropped", "401", "403", "404", "404 page", "409", "500", "garbage", "empty lists", "slow"];

    public static ProxyEffect Effect(string trouble) => trouble switch
    {
        "dropped" => new ProxyEffect.Drop(),
        "401" => new ProxyEffect.Answer(401, """{"error":"HTTP 401 Unauthorized"}"""),
        "403" => new ProxyEffect.Answer(403, """{"error":"HTTP 403 Forbidden"}"""),
        "404" => new ProxyEffect.Answer(404, """{"error":"Realm not found."}"""),
        "404 page" => new ProxyEffect.Answer(404, "<html><body>Not here</body></html>", "text/html"),
        "409" => new ProxyEffect.Answer(409, """{"errorMessage":"Conflict"}"""),
        "500" => new ProxyEffect.Answer(500, """{"error":"unknown_error"}"""),
        "garbage" => new ProxyEffect.Answer(200, "<html><body>Welcome</body></html>", "text/html"),
        "empty lists" => new ProxyEffect.Answer(200, "[]"),
        "slow" => new ProxyEffect.Delay(TimeSpan.FromSeconds(30)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
