using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Shouldly;

namespace ChatGovernance.TestSupport;

/// <summary>
/// Compares what was made with a file beside the test: <c>Golden/NAME.json</c>. With <c>UPDATE_GOLDEN=1</c> in the environment the
/// file is written anew instead; the diff of the commit then shows what changed.
/// </summary>
public static class Golden
{
    private static readonly JsonSerializerOptions readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="source">The test's file; its folder holds the folder <c>Golden</c>.</param>
    public static void ShouldMatchGolden(this JsonElement actual, string name, [CallerFilePath] string source = "")
    {
        // Builds map the checkout to /_/ so that they are the same everywhere.
        const string mapped = "/_/";
        var folder = source.StartsWith(mapped, StringComparison.Ordinal)
            ? Path.Combine(RepositoryFolder.Path, Path.GetDirectoryName(source[mapped.Length..])!)
            : Path.GetDirectoryName(source)!;
        var file = Path.Combine(folder, "Golden", $"{name}.json");
        var text = JsonSerializer.Serialize(actual, readable) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        File.Exists(file).ShouldBeTrue($"{file} is not there; UPDATE_GOLDEN=1 writes it");
        text.ShouldBe(File.ReadAllText(file));
    }
}
