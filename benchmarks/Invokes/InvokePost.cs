using System.Text.Json.Nodes;
using ChatGovernance.Benchmarks.Acknowledgements;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.Benchmarks.Invokes;

/// <summary>An invoke as the Bot Connector makes it: another activity each time, under one token.</summary>
internal sealed class InvokePost : IPost
{
    private const string Request = "0198000000007000800000000000000a";

    private readonly Renewed request;

    private InvokePost(Uri server, string token, JsonObject activity)
    {
        activity["id"] = $"f:{Renewed.Once}";
        var body = activity.ToJsonString();
        request = new Renewed($"POST /api/messages HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {Renewed.LengthOf(body)}\r\n\r\n{body}");
    }

    /// <summary>A press in a message that the bot does not know any more.</summary>
    public static InvokePost Press(Uri server, TeamsTenant tenant) => new(server, Token(tenant), Person(tenant).Invoke("adaptiveCard/action", Message(tenant), new JsonObject
    {
        ["action"] = new JsonObject
        {
            ["type"] = "Action.Execute",
            ["verb"] = "approve",
            ["data"] = new JsonObject { ["value"] = Request, ["card"] = $"Decide request:{Request}" },
        },
        ["trigger"] = "manual",
    }));

    /// <summary>A letter typed in the field of targets.</summary>
    public static InvokePost Search(Uri server, TeamsTenant tenant) => new(server, Token(tenant), Person(tenant).Invoke("application/search", Message(tenant), new JsonObject
    {
        ["queryText"] = "p",
        ["kind"] = "search",
        ["dataset"] = "targets",
        ["queryOptions"] = new JsonObject { ["skip"] = 0, ["top"] = 15 },
    }));

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Next() => request.Next();

    private static TeamsPerson Person(TeamsTenant tenant) => tenant.Person("bob");

    private static string Token(TeamsTenant tenant) => tenant.Keys[0].Key.Sign(Person(tenant).Claims());

    private static TeamsMessage Message(TeamsTenant tenant) => new(Person(tenant).Direct, "1700000000001", null, "", default);
}
