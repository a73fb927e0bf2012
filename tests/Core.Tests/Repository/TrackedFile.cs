using System.Text.RegularExpressions;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Core.Tests.Repository;

internal sealed record TrackedFile(string Path, IReadOnlyList<string> Lines)
{
    /// <summary>Null for what is not text, or was deleted and not committed yet.</summary>
    public static TrackedFile? Read(string path)
    {
        var file = System.IO.Path.Combine(RepositoryFolder.Path, path);
        if (!File.Exists(file))
            return null;
        var text = File.ReadAllText(file);
        return text.Contains('\0', StringComparison.Ordinal) ? null : new TrackedFile(path, text.Split('\n'));
    }

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);
}

internal static class TrackedFileAssertions
{
    public static void ShouldHaveNo(this IEnumerable<TrackedFile> files, Regex pattern) =>
        files.SelectMany(file => file.Lines.Index()
                .Where(line => pattern.IsMatch(line.Item))
                .Select(line => $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}"))
            .ShouldBeEmpty();
}
