using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Reads the secret's file, then says in one line which setting is missing or malformed.</summary>
internal sealed class KeycloakOptionsValidation : IPostConfigureOptions<KeycloakOptions>, IValidateOptions<KeycloakOptions>
{
    public void PostConfigure(string? name, KeycloakOptions options)
    {
        if (options.ClientSecretFile is { Length: > 0 } file && File.Exists(file))
            options.ClientSecret = File.ReadAllText(file).Trim();
    }

    public ValidateOptionsResult Validate(string? name, KeycloakOptions options) => Problem(options) is { } problem
        ? ValidateOptionsResult.Fail(problem)
        : ValidateOptionsResult.Success;

    private static string? Problem(KeycloakOptions options)
    {
        if (Missing(options.Url))
            return "Keycloak:Url is missing: the server's base URL";
        if (!IsBase(options.Url!))
            return "Keycloak:Url is not an http or https URL without query";
        if (Missing(options.Realm))
            return "Keycloak:Realm is missing: the realm's name";
        if (options.Realm is "." or "..")
            return "Keycloak:Realm is not the name of a realm";
        if (Missing(options.ClientId))
            return "Keycloak:ClientId is missing: the client whose service account the bot uses";
        if (options.ClientSecretFile is { Length: > 0 } file && !File.Exists(file))
            return "Keycloak:ClientSecretFile names a file that does not exist";
        if (Missing(options.ClientSecret))
            return "Keycloak:ClientSecret is missing, and so is Keycloak:ClientSecretFile";
        if (options.PublicUrl is { Length: > 0 } url && !IsBase(url))
            return "Keycloak:PublicUrl is not an http or https URL without query";
        if (options.CallTimeout <= TimeSpan.Zero || options.CallTimeout > TimeSpan.FromMinutes(5))
            return "Keycloak:CallTimeout is not between 0 and 5 minutes";
        return null;
    }

    private static bool Missing(string? value) => string.IsNullOrWhiteSpace(value);

    private static bool IsBase(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { Query: "", Fragment: "", UserInfo: "" };
}
