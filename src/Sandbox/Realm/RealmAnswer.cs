using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <param name="Created">Id of what was created; it becomes the end of the Location header.</param>
internal sealed record RealmAnswer(int Status, JsonNode? Body = null, string? Created = null)
{
    public static readonly RealmAnswer Done = new(204);

    public static RealmAnswer Ok(JsonNode body) => new(200, body);

    public static RealmAnswer List(IEnumerable<JsonNode> rows) => new(200, RealmJson.Array(rows));

    public static RealmAnswer Made(string id) => new(201, null, id);

    /// <summary>The sandbox does not speak this call: recorded, so that a test that makes it fails.</summary>
    public static readonly RealmAnswer NotSpoken = new(501, new JsonObject { ["error"] = "The sandbox realm does not speak this call" });
}
