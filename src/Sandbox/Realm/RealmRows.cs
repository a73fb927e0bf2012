namespace ChatGovernance.Sandbox.Realm;

// What the realm holds. One closed family, one file; the lock of RealmState guards all of it.

internal sealed class RealmGroup
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public string? ParentId { get; set; }

    public Dictionary<string, List<string>> Attributes { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Ids of realm and client roles.</summary>
    public HashSet<string> Roles { get; } = new(StringComparer.Ordinal);
}

internal sealed class RealmRole
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>The client's UUID; null for a realm role.</summary>
    public string? Client { get; init; }

    public Dictionary<string, List<string>> Attributes { get; set; } = new(StringComparer.Ordinal);

    public HashSet<string> Composites { get; } = new(StringComparer.Ordinal);
}

internal sealed class RealmClient
{
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    public string? Name { get; set; }

    public string? Secret { get; set; }

    public bool Enabled { get; set; } = true;

    public bool PublicClient { get; init; }

    public bool ServiceAccountsEnabled { get; init; }

    public bool StandardFlowEnabled { get; init; } = true;

    public bool DirectAccessGrantsEnabled { get; init; }

    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>Whom its access tokens name, beside the clients of which somebody has roles.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];
}

internal sealed class RealmUser
{
    public required string Id { get; init; }

    public required string Username { get; set; }

    public string? Email { get; set; }

    public bool EmailVerified { get; set; }

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public bool Enabled { get; set; }

    /// <summary>For the login page; null: cannot log in.</summary>
    public string? Password { get; init; }

    public Dictionary<string, List<string>> Attributes { get; set; } = new(StringComparer.Ordinal);

    public HashSet<string> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids of realm and client roles.</summary>
    public HashSet<string> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>The client's UUID, when this is its service account.</summary>
    public string? ServiceAccountOf { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed record RealmEvent
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ByRealm { get; init; }

    public required string ByClient { get; init; }

    public required string ByUser { get; init; }

    public required string Operation { get; init; }

    public required string Resource { get; init; }

    public required string Path { get; init; }

    public string? Representation { get; init; }

    public IReadOnlyDictionary<string, string>? Details { get; init; }
}
