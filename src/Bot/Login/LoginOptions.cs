using ChatGovernance.Infrastructure.Keycloak;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Login;

/// <summary>How people log in through the bot's own pages: the section <c>Login</c>, <c>PublicUrl</c>, and where Keycloak is.</summary>
internal sealed class LoginOptions
{
    public const string Section = "Login";

    public const string PublicUrlKey = "PublicUrl";

    public const string CallbackPath = "/signin-keycloak";

    /// <summary>Of the code flow; the bot's own client where none is named.</summary>
    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>What a login that confirms a decision must say of itself (<c>acr</c>); null: any.</summary>
    public string? Acr { get; set; }

    /// <summary>How browsers reach the bot, without a slash at its end; null: nobody logs in here.</summary>
    public string? PublicUrl { get; set; }

    public bool IsOn => PublicUrl is not null;

    public bool IsSecure => PublicUrl!.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    public string CallbackUrl => PublicUrl + CallbackPath;
}

/// <summary>Takes from elsewhere what <c>Login</c> does not say, and says in one line which setting is missing or malformed.</summary>
internal sealed class LoginOptionsValidation(IConfiguration configuration, IOptions<KeycloakOptions> keycloak) : IPostConfigureOptions<LoginOptions>, IValidateOptions<LoginOptions>
{
    public void PostConfigure(string? name, LoginOptions options)
    {
        options.PublicUrl = configuration[LoginOptions.PublicUrlKey] is { Length: > 0 } url ? url.Trim().TrimEnd('/') : null;
        options.Acr = string.IsNullOrWhiteSpace(options.Acr) ? null : options.Acr.Trim();
        if (!string.IsNullOrWhiteSpace(options.ClientId))
            return;
        options.ClientId = keycloak.Value.ClientId;
        options.ClientSecret = keycloak.Value.ClientSecret;
    }

    public ValidateOptionsResult Validate(string? name, LoginOptions options)
    {
        if (options.PublicUrl is not { } url)
            return ValidateOptionsResult.Success;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address is not { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
            return ValidateOptionsResult.Fail($"{LoginOptions.PublicUrlKey} is not an http or https URL without query");
        return string.IsNullOrWhiteSpace(options.ClientSecret)
            ? ValidateOptionsResult.Fail("Login:ClientSecret is missing: the secret of the client that Login:ClientId names")
            : ValidateOptionsResult.Success;
    }
}
