namespace ChatGovernance.Bot.Api;

/// <summary>Ids that callers send: they become a part of a path to Keycloak, so what could lead elsewhere is none.</summary>
internal static class Ids
{
    private const int Longest = 100;

    public static bool IsOpaque(string? text) => text is { Length: > 0 and <= Longest } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':');
}
