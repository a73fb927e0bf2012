using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

/// <summary>
/// What a real Keycloak 26.7.4 answered, one file a call. <c>RECORD_KEYCLOAK=1</c> writes them anew from the real server.
/// </summary>
internal static class Recording
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsWanted => Environment.GetEnvironmentVariable("RECORD_KEYCLOAK") == "1";

    public static async Task<IReadOnlyList<string>> Read(string call, CancellationToken ct) => await File.ReadAllLinesAsync(FileOf(call), ct);

    public static Task Write(string call, IEnumerable<string> lines, CancellationToken ct) => File.WriteAllTextAsync(FileOf(call), string.Join('\n', lines) + '\n', ct);

    /// <summary>One line: what was asked, the status, the body.</summary>
    public static string Line(string asked, ContractAnswer answer) =>
        new JsonObject { ["asked"] = asked, ["status"] = answer.Status, ["body"] = answer.Body?.DeepClone() }.ToJsonString(Plain);

    private static string FileOf(string call) => Path.Combine(RepositoryFolder.Path, "tests", "Infrastructure.Tests", "Keycloak", "Contract", "recorded", $"{call}.jsonl");
}
