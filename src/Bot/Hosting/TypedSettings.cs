using System.Globalization;
using ChatGovernance.Infrastructure.Observability;

namespace ChatGovernance.Bot.Hosting;

/// <summary>
/// Settings that are not text. They are read here before anything is bound to them: a binder that fails says so with a stack
/// trace, and an address that cannot be read only once the database was migrated.
/// </summary>
internal static class TypedSettings
{
    private static readonly string[] switches = ["Slack:AllowGuests", "Teams:AllowGuests", "Teams:Anonymous", "Workers:Enabled", "Database:MigrateAtStart", "Keycloak:EndSessionsOnRevoke", "Keycloak:ManageLoginPolicies"];

    private const string ProtocolKey = "OTEL_EXPORTER_OTLP_PROTOCOL";

    private static readonly string[] lengths = ["Keycloak:CatalogRefresh", "Keycloak:CallTimeout", "Workers:Lease"];

    private static readonly string[] numbers = ["Slack:SocketConnections", "Api:CallsPerMinute"];

    /// <exception cref="InvalidSettingException">One of them cannot be read.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var key in switches)
        {
            if (configuration[key] is { Length: > 0 } value && !bool.TryParse(value, out _))
                throw new InvalidSettingException($"{key} must be true or false.");
        }

        foreach (var key in lengths)
        {
            if (configuration[key] is { Length: > 0 } value && !TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _))
                throw new InvalidSettingException($"{key} must be a length of time such as 00:01:00.");
        }

        foreach (var key in numbers)
        {
            if (configuration[key] is { Length: > 0 } value && !int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
                throw new InvalidSettingException($"{key} must be a whole number.");
        }

        CheckExport(configuration);
        foreach (var address in (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsAddress(address))
                throw new InvalidSettingException("Urls must hold addresses such as http://127.0.0.1:3978, with a semicolon between them.");
        }
    }

    /// <summary>The SDK would go on without, and say so to nobody.</summary>
    private static void CheckExport(IConfiguration configuration)
    {
        if (configuration[ObservabilityRegistration.EndpointKey] is not { Length: > 0 } endpoint)
            return;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InvalidSettingException($"{ObservabilityRegistration.EndpointKey} must be an address such as http://127.0.0.1:4318.");
        if (configuration[ProtocolKey] is { Length: > 0 } protocol && protocol is not ("grpc" or "http/protobuf"))
            throw new InvalidSettingException($"{ProtocolKey} must be grpc or http/protobuf.");
    }

    private static bool IsAddress(string text)
    {
        try
        {
            return BindingAddress.Parse(text).Scheme.ToUpperInvariant() is "HTTP" or "HTTPS";
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
