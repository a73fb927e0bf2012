using System.Globalization;
using ChatGovernance.Bot.Api.Models;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Bot.Api;

/// <summary>Reads a query, and remembers what is wrong with it. A parameter that is not known is wrong: a filter that is misspelt must not show everything.</summary>
internal sealed class QueryReader
{
    public const int DefaultLimit = 50;
    public const int MostItems = 200;

    /// <summary>Of a parameter's value.</summary>
    private const int LongestText = 300;

    private const string CursorMust = "must be one that an answer gave as next";

    private readonly IQueryCollection query;
    private readonly List<ProblemField> errors = [];

    public QueryReader(HttpRequest request, params IReadOnlyList<string> known)
    {
        query = request.Query;
        foreach (var name in query.Keys.Where(name => !known.Contains(name, StringComparer.Ordinal)))
            Wrong(name, "is not known here");
    }

    /// <summary>Null: nothing is.</summary>
    public Answer? Refused => errors.Count == 0 ? null : Problems.Invalid([.. errors]);

    public int Limit => Number("limit", DefaultLimit, MostItems);

    /// <summary>Null: not there, or wrong.</summary>
    public string? Text(string name, int longest = LongestText)
    {
        if (!query.TryGetValue(name, out var values))
            return null;
        if (values is [{ Length: > 0 } text] && text.Length <= longest && !text.Any(char.IsControl))
            return text;
        Wrong(name, $"must be there once, with 1 to {longest} characters");
        return null;
    }

    public string? OneOf(string name, params IReadOnlyList<string> words) => Read(name, text => words.Contains(text, StringComparer.Ordinal) ? text : null, $"must be one of {string.Join(", ", words)}");

    public PersonId? Person(string name) => Read(name, text => PersonId.TryParse(text, out var id) ? id : (PersonId?)null, "must be a user id");

    public DateTimeOffset? Instant(string name) => Read(
        name,
        text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime() : (DateTimeOffset?)null,
        "must be an instant such as 2026-01-31T08:00:00Z");

    /// <summary>The thing that two parameters name, as far as it is offered; null: not asked for, or wrong.</summary>
    public TargetId? Target(Catalog catalog)
    {
        if (TargetName() is not { } name)
            return null;
        if (catalog.Named(name.Kind, name.Text) is [var only])
            return only.Target;
        // Who had something is asked of what is no longer offered, too.
        if (TargetId.TryParse($"{Shown.Word(Shown.TypeOf(name.Kind!.Value))}:{name.Text}", out var target))
            return target;
        Wrong("resourceId", "does not name exactly one thing");
        return null;
    }

    public Core.Requests.TargetName? TargetName()
    {
        var (type, id) = (OneOf("resourceType", "group", "realm-role", "client-role"), Text("resourceId"));
        if (type is not null && id is not null)
            return new Core.Requests.TargetName(Shown.KindOf(type), id);
        if (type is not null || id is not null)
            Wrong(type is null ? "resourceType" : "resourceId", "must be there as well");
        return null;
    }

    /// <param name="read">Null: it cannot be read.</param>
    public T? Read<T>(string name, Func<string, T?> read, string must)
        where T : struct
    {
        if (Text(name) is not { } text)
            return null;
        if (read(text) is { } value)
            return value;
        Wrong(name, must);
        return null;
    }

    /// <inheritdoc cref="Read{T}(string, Func{string, T?}, string)"/>
    /// <param name="longest">In characters.</param>
    public string? Read(string name, Func<string, string?> read, string must, int longest = LongestText)
    {
        if (Text(name, longest) is not { } text)
            return null;
        if (read(text) is { } value)
            return value;
        Wrong(name, must);
        return null;
    }

    /// <summary>Where the page before ended; null: the first page.</summary>
    /// <param name="read">Null: no place of such a list.</param>
    public T? Cursor<T>(Func<string, T?> read)
        where T : struct
    {
        if (Cursor() is not { } position)
            return null;
        if (read(position) is { } place)
            return place;
        Wrong("cursor", CursorMust);
        return null;
    }

    /// <inheritdoc cref="Cursor{T}"/>
    public string? Cursor() => Read("cursor", Cursors.Read, CursorMust, Cursors.Longest);

    public void Wrong(string name, string what) => errors.Add(new ProblemField(name, $"{name} {what}."));

    private int Number(string name, int usual, int most) =>
        Read(name, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : (int?)null, $"must be a number from 1 to {most}") ?? usual;
}
