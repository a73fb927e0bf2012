namespace ChatGovernance.Infrastructure.Keycloak.Setup;

/// <summary>A group, role or client by id, with the name that people read.</summary>
public sealed record NamedResource(string Id, string Name);

/// <summary>One fine-grained permission of the bot's account.</summary>
/// <param name="ResourceType">As Keycloak calls it: <c>Users</c>, <c>Groups</c>, <c>Roles</c>, <c>Clients</c>.</param>
/// <param name="Resources">Null: everything of that type. Never empty: Keycloak takes an empty list for everything.</param>
public sealed record Permission(string Name, string ResourceType, IReadOnlyList<string> Scopes, IReadOnlyList<NamedResource>? Resources);

/// <summary>All that the bot's account needs for what is marked now, and nothing else.</summary>
/// <param name="Roles">Of <c>realm-management</c>.</param>
/// <param name="LeftOut">Marked, and never to be the bot's to give; each with why.</param>
public sealed record PermissionPlan(IReadOnlyList<string> Roles, IReadOnlyList<Permission> Permissions, IReadOnlyList<string> LeftOut);

/// <param name="Complete">False: seen with the bot's own eyes, which may not see everything.</param>
/// <param name="FineGrained">They are switched on in the realm; null: that cannot be read.</param>
/// <param name="Differences">What is not as planned, in words; null: nobody looked, for want of an administrator's token.</param>
/// <param name="Changed">What was changed, in words.</param>
/// <param name="Unseen">Of what is planned, what the bot's account cannot see now.</param>
/// <param name="Bypassing">Roles that the account has and that make fine-grained permissions pointless.</param>
public sealed record PermissionsReport(
    PermissionPlan Plan,
    bool Complete,
    bool? FineGrained,
    IReadOnlyList<string>? Differences,
    IReadOnlyList<string> Changed,
    IReadOnlyList<string> Unseen,
    IReadOnlyList<string> Bypassing);

/// <summary>Why permissions could be neither shown nor set.</summary>
public sealed class PermissionsException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An administrator, for as long as a command runs.</summary>
public abstract record AdministratorCredentials
{
    private protected AdministratorCredentials()
    {
    }

    /// <param name="Realm">Where the administrator logs in: usually <c>master</c>.</param>
    public sealed record Password(string Realm, string User, string Secret) : AdministratorCredentials
    {
        public override string ToString() => $"{User} of {Realm}";
    }

    public sealed record Token(string Value) : AdministratorCredentials
    {
        public override string ToString() => "an access token";
    }
}
