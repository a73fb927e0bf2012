using System.Text.Json;

namespace ChatGovernance.EndToEnd.Tests.Compose;

/// <summary>What a Dockerfile says about how its image is started.</summary>
internal sealed class ImageFile(string path)
{
    private readonly string[] lines = File.ReadAllLines(path);

    /// <summary>It names a file of the image's working directory.</summary>
    public IReadOnlyList<string> Entrypoint => JsonSerializer.Deserialize<string[]>(After("ENTRYPOINT ").Single())!;

    public IEnumerable<(string Name, string Value)> Variables => After("ENV ").SelectMany(line => line.Split(' ')).Select(pair => (pair.Split('=')[0], pair.Split('=')[1]));

    /// <summary>What it takes from an earlier stage, with the folder it is put into.</summary>
    public IEnumerable<(string Source, string Target)> Copied(string stage) => After($"COPY --from={stage} ").Select(line => (line.Split(' ')[0], line.Split(' ')[1]));

    private IEnumerable<string> After(string word) => lines.Where(line => line.StartsWith(word, StringComparison.Ordinal)).Select(line => line[word.Length..]);
}
