using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Benchmarks.Acknowledgements;
using ChatGovernance.Benchmarks.Stand;

namespace ChatGovernance.Benchmarks.Calls;

/// <summary>Somebody with a token and one connection.</summary>
internal sealed class ApiCaller : IDisposable
{
    private const string Path = "/api/access-requests";

    private readonly Caller connection;
    private readonly string host;
    private readonly string token;
    private readonly byte[] file;
    private byte[] look = [];

    private ApiCaller(Caller connection, Uri server, string token)
    {
        this.connection = connection;
        host = server.Authority;
        this.token = token;
        file = Request("POST", Path, """{"resourceType":"group","resourceId":"/databases/staging","justification":"To measure how long this takes."}""");
    }

    public static async Task<ApiCaller> Make(PinnedDeployment bot, string username, CancellationToken ct)
    {
        await bot.Realm.Send(HttpMethod.Post, "users", new JsonObject { ["username"] = username, ["enabled"] = true }, ct);
        var id = (string)(await bot.Realm.Get($"users?exact=true&username={username}", ct))!.AsArray().Single()!["id"]!;
        var now = TimeProvider.System.GetUtcNow();
        var token = bot.Realm.Sandbox!.Sign(new JsonObject
        {
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
            ["iss"] = $"{bot.Realm.Server.ToString().TrimEnd('/')}/realms/{bot.Realm.Name}",
            ["aud"] = "chat-governance",
            ["sub"] = id,
            ["typ"] = "Bearer",
            ["azp"] = "portal",
        });
        var caller = new ApiCaller(await Caller.Connect(bot.Bot.Url, ct), bot.Bot.Url, token);
        await caller.connection.Call(caller.file, ct);
        var filed = caller.Id;
        caller.look = caller.Request("GET", $"{Path}/{filed}", null);
        await caller.connection.Call(caller.Request("POST", $"{Path}/{filed}/cancel", null), ct);
        return caller;
    }

    /// <returns>Ticks of each call.</returns>
    public async Task Look(List<long> ticks, CancellationToken ct) => ticks.Add(await connection.Call(look, ct));

    /// <inheritdoc cref="Look"/>
    public async Task FileAndWithdraw(List<long> ticks, CancellationToken ct)
    {
        ticks.Add(await connection.Call(file, ct));
        ticks.Add(await connection.Call(Request("POST", $"{Path}/{Id}/cancel", null), ct));
    }

    public void Dispose() => connection.Dispose();

    private string Id => (string)JsonNode.Parse(connection.Body)!["id"]!;

    private byte[] Request(string method, string path, string? body) => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n{(method == "GET" ? "" : $"Content-Length: {body?.Length ?? 0}\r\n")}{(body is null ? "" : "Content-Type: application/json\r\n")}\r\n{body}");
}
