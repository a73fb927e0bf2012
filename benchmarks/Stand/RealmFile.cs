using System.Text.Json.Nodes;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Benchmarks.Stand;

/// <summary>The realm of the end-to-end tests, with more in it.</summary>
internal static class RealmFile
{
    private static readonly string file = Path.Combine(RepositoryFolder.Path, "tests", "EndToEnd.Tests", "realm.json");

    public static string Usual { get; } = File.ReadAllText(file);

    /// <summary>Groups below <c>/load</c>, each requestable, and people who are in all of them.</summary>
    public static string With(IEnumerable<string> groups, IEnumerable<string> people)
    {
        var realm = JsonNode.Parse(Usual)!.AsObject();
        string[] names = [.. groups];
        realm["groups"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "load",
            ["attributes"] = new JsonObject { ["approver-group"] = Texts("/approvers") },
            ["subGroups"] = new JsonArray([.. names.Select(name => new JsonObject { ["name"] = name, ["attributes"] = new JsonObject { ["requestable"] = Texts("true") } })]),
        });
        foreach (var person in people)
        {
            realm["users"]!.AsArray().Add(new JsonObject
            {
                ["username"] = person,
                ["enabled"] = true,
                ["email"] = $"{person}@example.org",
                ["firstName"] = "Load",
                ["lastName"] = person,
                ["groups"] = Texts([.. names.Select(name => $"/load/{name}")]),
            });
        }

        return realm.ToJsonString();
    }

    private static JsonArray Texts(params string[] values) => [.. values.Select(value => JsonValue.Create(value))];
}
