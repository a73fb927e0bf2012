namespace ChatGovernance.Core.People;

/// <summary>A person's immutable id in the directory (a Keycloak user id).</summary>
public readonly record struct PersonId(string Value)
{
    private const int Longest = 100;

    /// <summary>Reads one that came from outside: it becomes a part of a path to the directory, so what could lead elsewhere (/, .., ?) is none.</summary>
    public static bool TryParse(string? text, out PersonId id)
    {
        var known = text is { Length: > 0 and <= Longest } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':');
        id = known ? new PersonId(text!) : default;
        return known;
    }

    public override string ToString() => Value;
}
