using ChatGovernance.Core.Directory;

namespace ChatGovernance.Core.Policies;

/// <summary>All that can be requested, with rules resolved, as it was at one time. Decisions never rest on it alone.</summary>
public sealed class Catalog
{
    public static readonly Catalog Empty = new(DateTimeOffset.MinValue, [], []);

    private readonly Dictionary<TargetId, CatalogEntry> byId;
    private readonly IReadOnlyList<(CatalogEntry Entry, string Name, string[] Words)> index;

    public Catalog(DateTimeOffset takenAt, IReadOnlyList<CatalogEntry> entries, IReadOnlyList<UnusableTarget> unusable)
    {
        TakenAt = takenAt;
        Entries = [.. entries.OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)];
        Unusable = unusable;
        byId = Entries.ToDictionary(entry => entry.Target);
        index = [.. Entries.Select(entry => (entry, Folding.Fold(entry.Name), Words(entry)))];
    }

    public DateTimeOffset TakenAt { get; }

    /// <summary>By name.</summary>
    public IReadOnlyList<CatalogEntry> Entries { get; }

    /// <summary>Marked requestable, but not offered, and why.</summary>
    public IReadOnlyList<UnusableTarget> Unusable { get; }

    public CatalogEntry? Find(TargetId target) => byId.GetValueOrDefault(target);

    /// <summary>
    /// What somebody calls so: by its id; else by its whole name, or path; else by that in other case; else groups by the last part of
    /// their path. Several: any of them could be meant.
    /// </summary>
    /// <param name="kind">Null: of whatever kind.</param>
    public IReadOnlyList<CatalogEntry> Named(TargetKind? kind, string text)
    {
        List<CatalogEntry> candidates = [.. Entries.Where(entry => kind is null || entry.Target.Kind == kind)];
        return First(
            entry => entry.Target.Id == text || entry.Target.ToString() == text,
            entry => entry.Name == text,
            entry => string.Equals(entry.Name, text, StringComparison.OrdinalIgnoreCase),
            entry => entry.Target.Kind == TargetKind.Group && string.Equals(entry.Name[(entry.Name.LastIndexOf('/') + 1)..], text, StringComparison.OrdinalIgnoreCase));

        IReadOnlyList<CatalogEntry> First(params IReadOnlyList<Func<CatalogEntry, bool>> ways) =>
            ways.Select(way => candidates.Where(way).ToList()).FirstOrDefault(found => found.Count > 0) ?? [];
    }

    /// <summary>
    /// Entries in which every word of the search begins some word of name or description, case and accents folded;
    /// the best first: the whole name, then names that begin so, then the rest by name. Empty search: the first by name.
    /// </summary>
    public IReadOnlyList<CatalogEntry> Search(string text, int max)
    {
        var folded = Folding.Fold(text.Trim());
        var words = Split(folded);
        if (words.Length == 0)
            return [.. Entries.Take(max)];

        return
        [
            .. index
                .Where(row => row.Name.Contains(folded, StringComparison.Ordinal) || Array.TrueForAll(words, word => Array.Exists(row.Words, have => have.StartsWith(word, StringComparison.Ordinal))))
                .OrderBy(row => Rank(row.Name, folded))
                .Take(max)
                .Select(row => row.Entry),
        ];
    }

    private static int Rank(string name, string search)
    {
        if (name == search || name.EndsWith("/" + search, StringComparison.Ordinal))
            return 0;
        if (name.StartsWith(search, StringComparison.Ordinal))
            return 1;
        return name.Contains(search, StringComparison.Ordinal) ? 2 : 3;
    }

    private static string[] Words(CatalogEntry entry) => Split(Folding.Fold($"{entry.Name} {entry.Rule.Description}"));

    private static string[] Split(string folded) =>
        folded.Split([' ', '/', '-', '_', '.', ',', ':', ';', '(', ')', '\n'], StringSplitOptions.RemoveEmptyEntries);
}

/// <param name="EffectiveRoles">What it gives, for people to read.</param>
public sealed record CatalogEntry(TargetId Target, string Name, AccessRule Rule, IReadOnlyList<string> EffectiveRoles);

public sealed record UnusableTarget(TargetId Target, string Name, IReadOnlyList<string> Problems);

public interface ICatalog
{
    /// <summary>The last good one; <see cref="Catalog.Empty"/> before there is any.</summary>
    Catalog Current { get; }
}
