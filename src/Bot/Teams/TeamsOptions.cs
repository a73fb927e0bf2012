namespace ChatGovernance.Bot.Teams;

/// <summary>The section <c>Teams</c> of the configuration; the names are part of the contract. Secrets in files are read before it is bound.</summary>
public sealed class TeamsOptions
{
    public const string Section = "Teams";

    /// <summary>The bot's app id (a client id of Entra ID); Teams is on when it is set.</summary>
    public string? AppId { get; set; }

    /// <summary>A client secret of that app.</summary>
    public string? AppPassword { get; set; }

    /// <summary>The tenant whose people are served.</summary>
    public string? TenantId { get; set; }

    /// <summary>Development: unsigned calls are taken, from this machine alone, and nothing is signed in turn.</summary>
    public bool Anonymous { get; set; }

    /// <summary>Where the keys are told that the Bot Connector signs with.</summary>
    // https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#openid-metadata-document
    public string OpenIdMetadataUrl { get; set; } = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    /// <summary>Where the bot gets its own tokens; the tenant's by default.</summary>
    public string? TokenUrl { get; set; }

    /// <summary>Id of the conversation to which the audit is mirrored (<c>19:…</c>); null: the audit is not mirrored in Teams.</summary>
    public string? AuditConversation { get; set; }

    public bool AllowGuests { get; set; }

    internal bool IsOn => Anonymous || !string.IsNullOrWhiteSpace(AppId);

    /// <summary>In development any tenant is served unless one is named.</summary>
    internal bool Serves(string? tenant) => string.IsNullOrWhiteSpace(TenantId) ? Anonymous : string.Equals(TenantId, tenant, StringComparison.OrdinalIgnoreCase);

    // https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#step-1-request-an-access-token-from-the-azure-ad-account-login-service
    internal Uri TokenAddress => new(string.IsNullOrWhiteSpace(TokenUrl) ? $"https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token" : TokenUrl);
}
