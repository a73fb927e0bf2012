namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Readable ids of clients by their UUIDs. They never change for a UUID, so they are kept; an unknown one is looked for again.</summary>
internal sealed class ClientNames(KeycloakClient client)
{
    /// <summary>The client in every realm whose roles administer it.</summary>
    public const string RealmManagement = "realm-management";

    /// <summary>The same in the realm <c>master</c>, for itself.</summary>
    public const string MasterManagement = "master-realm";

    private volatile IReadOnlyDictionary<string, string> known = new Dictionary<string, string>();

    /// <summary>Null: no such client, or the service account may not see it.</summary>
    public async Task<string?> Of(string uuid, CancellationToken ct)
    {
        if (known.TryGetValue(uuid, out var name))
            return name;
        Learn(await client.Clients(ct));
        return known.GetValueOrDefault(uuid);
    }

    public void Learn(IEnumerable<ClientRow> clients) => known = clients.ToDictionary(row => row.Id, row => row.ClientId, StringComparer.Ordinal);

    /// <summary>The realm's own management client, and master's one for each realm (<c>demo-realm</c>).</summary>
    public static bool Administers(string clientId) => clientId == RealmManagement || clientId.EndsWith("-realm", StringComparison.Ordinal);
}
