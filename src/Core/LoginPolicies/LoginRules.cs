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

    /// <summary>Keycloak joins a list of texts so.</summary>
    public const string Separator = "##";

    /// <summary>Everybody is let in.</summary>
    public static readonly LoginRules Nothing = new([], [], []);

    public bool AskForNothing => AnyOf.Count + AllOf.Count + Groups.Count == 0;

    /// <summary>Why they cannot be wanted; null: they can.</summary>
    public string? Problem => this switch
    {
        { AskForNothing: true } => "it must ask for something: name roles or groups. A client that is open to all has no login policy.",
        { Message.Length: > LongestMessage } => $"the message can have {LongestMessage} characters at most.",
        _ when AnyOf.Concat(AllOf).Concat(Groups).Any(name => name.Contains(Separator, StringComparison.Ordinal)) => $"a name that holds {Separator} cannot be kept: Keycloak splits it there.",
        _ => null,
    };

    /// <summary>Whether other rules say the same, in whatever order.</summary>
    public bool AreSameAs(LoginRules other) => Words(AnyOf) == Words(other.AnyOf) && Words(AllOf) == Words(other.AllOf) && Words(Groups) == Words(other.Groups) && Message == other.Message;

    /// <summary>For people to read.</summary>
    public override string ToString() => AskForNothing && Message.Length == 0 ? "nothing" : string.Join("; ",
    [
        .. Part("one of the roles", AnyOf),
        .. Part("all of the roles", AllOf),
        .. Part("in one of the groups", Groups),
        .. Message.Length > 0 ? [$"with the message \"{Message}\""] : Array.Empty<string>(),
    ]);

    private static IEnumerable<string> Part(string what, IReadOnlyList<string> names) => names.Count > 0 ? [$"{what} {string.Join(", ", names)}"] : [];

    private static string Words(IReadOnlyList<string> names) => string.Join('\n', names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
