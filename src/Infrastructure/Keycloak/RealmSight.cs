namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>
/// Proves that an empty answer is one: Keycloak gives 200 and fewer rows, down to none, to a caller who lacks a privilege, and
/// a 404 of another realm of the same name is no absence.
/// </summary>
internal sealed class RealmSight(KeycloakClient client, KeycloakTokens tokens)
{
    /// <summary>A query that cannot be parsed: Keycloak then lists groups at any depth.</summary>
    private const string NoFilter = "any";

    private string? first;
    private string? self;

    /// <summary>The realm, if it is the one that this process has seen first.</summary>
    /// <exception cref="KeycloakException">It cannot be read, not with its id, or is another one (<see cref="KeycloakFailure.OtherRealm"/>).</exception>
    public async Task<RealmRow> Realm(CancellationToken ct)
    {
        var realm = await client.Api.Realm(ct);
        string id = realm.Id ?? throw new KeycloakException(KeycloakFailure.Forbidden, 403);
        return (Interlocked.CompareExchange(ref first, id, null) ?? id) == id ? realm : throw new KeycloakException(KeycloakFailure.OtherRealm, 200);
    }

    /// <summary>User id of our own service account; it cannot change while the client exists.</summary>
    public async Task<string> Self(CancellationToken ct) => self ??= (await tokens.Get(ct)).Subject ?? await SelfByClient(ct);

    /// <summary>People can be seen, our own account being one of them.</summary>
    public async Task RequirePeople(CancellationToken ct)
    {
        try
        {
            await client.Api.User(await Self(ct), ct);
        }
        catch (KeycloakException e) when (e.Failure == KeycloakFailure.NotFound)
        {
            throw new KeycloakException(KeycloakFailure.Unreadable, e.Status, e.Error, inner: e);
        }
    }

    /// <summary>Groups can be seen: the count is not filtered, the list is.</summary>
    public async Task RequireGroups(CancellationToken ct)
    {
        if ((await client.Api.GroupCount(ct)).Count > 0 && (await client.Api.GroupsByAttribute(NoFilter, 0, 1, ct)).Count == 0)
            throw new KeycloakException(KeycloakFailure.Forbidden, 403);
    }

    /// <summary>
    /// The client whose roles administer the realm. Without it nothing can be said about what administers: lists of composites and
    /// mappings leave out the roles of clients that the caller may not view.
    /// </summary>
    public async Task<ClientRow> ManagementClient(CancellationToken ct) =>
        await client.Client(ClientNames.RealmManagement, ct)
        ?? await client.Client(ClientNames.MasterManagement, ct)
        ?? throw new KeycloakException(KeycloakFailure.Forbidden, 403);

    /// <summary>A token without <c>sub</c> (no client scope <c>basic</c>): by its client, which needs <c>view-clients</c>.</summary>
    private async Task<string> SelfByClient(CancellationToken ct)
    {
        var own = await client.Client(tokens.ClientId, ct) ?? throw new KeycloakException(KeycloakFailure.Forbidden, 403);
        return (await client.Api.ServiceAccount(own.Id, ct)).Id;
    }
}
