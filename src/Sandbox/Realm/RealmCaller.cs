namespace ChatGovernance.Sandbox.Realm;

/// <summary>Who calls, and what roles of <c>realm-management</c> that account has at this moment.</summary>
/// <param name="Client">UUID of the client that the token was issued to.</param>
/// <param name="Roles">Null for the server's administrator, who may do everything.</param>
internal sealed record RealmCaller(string RealmId, string Client, string User, IReadOnlySet<string>? Roles)
{
    public bool HasAny => Roles is null or { Count: > 0 };

    public bool ManagesUsers => May("manage-users");

    public bool ViewsUsers => May("view-users", "manage-users");

    public bool QueriesUsers => ViewsUsers || May("query-users");

    public bool QueriesGroups => ViewsUsers || May("query-groups");

    public bool ViewsRealm => May("view-realm", "manage-realm");

    public bool ViewsClients => May("view-clients", "manage-clients");

    public bool QueriesClients => ViewsClients || May("query-clients");

    public bool ViewsEvents => May("view-events", "manage-events");

    public bool May(params ReadOnlySpan<string> anyOf)
    {
        if (Roles is null)
            return true;
        foreach (string role in anyOf)
        {
            if (Roles.Contains(role))
                return true;
        }

        return false;
    }

    public static void Require(bool privilege)
    {
        if (!privilege)
            throw RealmRefusal.Forbidden();
    }
}
