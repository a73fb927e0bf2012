namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>The section <c>Keycloak</c> of the configuration.</summary>
public sealed class KeycloakOptions
{
    public const string Section = "Keycloak";

    /// <summary>Server base URL, with its path if it has one.</summary>
    public string? Url { get; set; }

    public string? Realm { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>A file that holds the secret, for Docker and Kubernetes; it wins over <see cref="ClientSecret"/>.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>Base URL for browsers, and the issuer of tokens; <see cref="Url"/> when absent.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>How long one call may take, body included. Shorter than the leases that work under it.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Who loses access before its time is logged out everywhere, too.</summary>
    public bool EndSessionsOnRevoke { get; set; }

    /// <summary>Administrators may set in chat what clients ask for at login.</summary>
    public bool ManageLoginPolicies { get; set; }

    /// <summary>Set where the provider in Keycloak sends its events: then denied logins are looked for, too.</summary>
    public string? EventSecret { get; set; }

    /// <summary>Ends in a slash; the admin API of this realm.</summary>
    internal Uri AdminUrl => new($"{Base}admin/realms/{Uri.EscapeDataString(Realm!)}/");

    public Uri TokenUrl => TokenUrlOf(Realm!);

    /// <summary>Where the realm's keys are.</summary>
    public Uri CertsUrl => new($"{Base}realms/{Uri.EscapeDataString(Realm!)}/protocol/openid-connect/certs");

    /// <summary>As tokens name it.</summary>
    public string Issuer => $"{PublicBase}realms/{Uri.EscapeDataString(Realm!)}";

    /// <summary>Where browsers log in.</summary>
    public string AuthorizeUrl => $"{Issuer}/protocol/openid-connect/auth";

    /// <summary>Where browsers log out; Keycloak asks there whether they mean it.</summary>
    public string LogoutUrl => $"{Issuer}/protocol/openid-connect/logout";

    private string PublicBase => string.IsNullOrEmpty(PublicUrl) ? Base : PublicUrl.EndsWith('/') ? PublicUrl : PublicUrl + '/';

    internal Uri TokenUrlOf(string realm) => new($"{Base}realms/{Uri.EscapeDataString(realm)}/protocol/openid-connect/token");

    private string Base => Url!.EndsWith('/') ? Url : Url + '/';
}
