namespace ChatGovernance.Core.LoginPolicies;

/// <summary>Each part that names something must hold; one that names nothing asks for nothing.</summary>
/// <param name="AnyOf">Roles of which one must be held: a realm role by its name, a client role by <c>clientId/role</c>.</param>
/// <param name="AllOf">Roles that must all be held.</param>
/// <param name="Groups">Paths of which the person must be in one, or below it.</param>
/// <param name="Message">For people who are not let in; empty: the usual one.</param>
public sealed record LoginRules(IReadOnlyList<string> AnyOf, IReadOnlyList<string> AllOf, IReadOnlyList<string> Groups, string Message = "")
{
    /// <summary>The provider takes no longer one.</summary>
    public const int LongestMessage = 500;

    /// <summary>Everybody is let in.</summary>
    public static readonly LoginRules Nothing = new([], [], []);

    /// <summary>Keycloak joins a list of texts so.</summary>
    private const string Separator = "##";

    public bool AskForNothing => AnyOf.Count + AllOf.Count + Groups.Count == 0;

    /// <summary>Why they cannot be wanted; null: they can.</summary>
    public string? Problem => this switch
    {
        { AskForNothing: true } => "it must ask for something: name roles or groups. A client that is open to all has no login policy.",
        { Message.Length: > LongestMessage } => $"the message can have {LongestMessage} characters at most.",
        _ when new[] { AnyOf, AllOf, Groups }.Any(names => !Split(Join(names)).SequenceEqual(names)) => $"a name with {Separator} in it, or # at its end, cannot be kept: Keycloak splits it there.",
        _ => null,
    };

    /// <summary>All but the message, for people to read.</summary>
    public string Names => AskForNothing ? "nothing" : string.Join("; ", [.. Part("one of the roles", AnyOf), .. Part("all of the roles", AllOf), .. Part("in one of the groups", Groups)]);

    /// <summary>As Keycloak keeps a list.</summary>
    public static string Join(IReadOnlyList<string> names) => string.Join(Separator, names);

    /// <summary>As the provider reads one; a name that is blank is one that nothing has.</summary>
    public static IReadOnlyList<string> Split(string? kept) => string.IsNullOrEmpty(kept) ? [] : [.. kept.Split(Separator).Select(name => name.Trim())];

    /// <summary>Whether other rules say the same, in whatever order.</summary>
    public bool AreSameAs(LoginRules other) => Words(AnyOf) == Words(other.AnyOf) && Words(AllOf) == Words(other.AllOf) && Words(Groups) == Words(other.Groups) && Message == other.Message;

    /// <summary>For people to read.</summary>
    public override string ToString() => With(Names, Message);

    internal static string With(string names, string message) => message.Length == 0 ? names : $"{names}; with the message \"{message}\"";

    private static IEnumerable<string> Part(string what, IReadOnlyList<string> names) => names.Count > 0 ? [$"{what} {string.Join(", ", names)}"] : [];

    private static string Words(IReadOnlyList<string> names) => string.Join('\n', names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
