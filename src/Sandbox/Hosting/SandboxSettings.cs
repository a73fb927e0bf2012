namespace ChatGovernance.Sandbox.Hosting;

/// <summary>How the sandbox is asked to run.</summary>
internal sealed record SandboxSettings
{
    /// <summary>Port of the page; nothing takes 8080, or a free one where that is taken.</summary>
    public int? Port { get; init; }

    /// <summary>A real Keycloak; nothing starts a realm in memory.</summary>
    public Uri? Keycloak { get; init; }

    public string Realm { get; init; } = "demo";
    public string ClientId { get; init; } = "chat-governance";
    public string ClientSecret { get; init; } = "bot-secret";

    /// <summary>The real server's administrator, who may create the realm; nothing: the realm is there.</summary>
    public string? Admin { get; init; }

    public string? AdminPassword { get; init; }

    public bool OpenBrowser { get; init; } = true;

    /// <summary>Whether what the bot logs is shown.</summary>
    public bool Verbose { get; init; }

    /// <summary>The realm in memory answers 403 to every membership that is asked for: a demonstration must fail then.</summary>
    public bool RefuseMemberships { get; init; }
}
