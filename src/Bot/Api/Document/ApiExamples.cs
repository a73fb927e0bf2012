using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ChatGovernance.Bot.Api.Document;

/// <summary>Bodies that work, for readers of the document; a test sends them.</summary>
internal static class ApiExamples
{
    private static readonly Dictionary<string, IReadOnlyList<(string Name, string Summary, string Body)>> bodies = new()
    {
        ["fileRequest"] =
        [
            ("simple", "One group for oneself", """
                {"resourceType": "group", "resourceId": "/databases/prod-db-readers", "justification": "To repair the nightly import, ticket OPS-7."}
                """),
            ("full", "On behalf of somebody, for a time", """
                {"beneficiaryIds": ["8d4f2c1e-6b0a-4f7d-9c55-2f1f0e6a7b3d"], "targets": [{"resourceType": "group", "resourceId": "/databases/prod-db-readers"}], "length": "4h", "justification": "To repair the nightly import, ticket OPS-7."}
                """),
        ],
        ["askQuestion"] = [("ask", "Something that the decision hangs on", """{"text": "Which of the imports is it?"}""")],
        ["answerQuestion"] = [("answer", "What was asked", """{"text": "The nightly one of the shop."}""")],
        ["voteOnRequest"] =
        [
            ("approve", "Approve, for at most an hour", """{"choice": "approve", "atMost": "1h"}"""),
            ("deny", "Deny, and say why", """{"choice": "deny", "reason": "Please use the read replica."}"""),
        ],
        ["extendGrant"] = [("extend", "Two more hours", """{"length": "2h", "justification": "The import is not repaired yet."}""")],
    };

    public static void Add(OpenApiOperation operation, string id)
    {
        if (!bodies.TryGetValue(id, out var examples) || operation.RequestBody?.Content?.Values.FirstOrDefault() is not { } content)
            return;
        content.Examples = examples.ToDictionary(
            example => example.Name,
            example => (IOpenApiExample)new OpenApiExample { Summary = example.Summary, Value = JsonNode.Parse(example.Body) });
    }
}
