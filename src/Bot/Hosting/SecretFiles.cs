namespace ChatGovernance.Bot;

/// <summary>Secrets from files, for Docker and Kubernetes: <c>Slack:BotTokenFile</c> beside <c>Slack:BotToken</c>. The file wins.</summary>
internal static class SecretFiles
{
    private static readonly string[] keys =
    [
        "ConnectionStrings:ChatGovernance", "ConnectionStrings:Migrations",
        "Keycloak:ClientSecret", "Keycloak:EventSecret", "Keycloak:EventSecretPrevious",
        "Login:ClientSecret",
        "OTEL_EXPORTER_OTLP_HEADERS",
        "Slack:AppToken", "Slack:BotToken", "Slack:SigningSecret",
        "Teams:AppPassword",
    ];

    public static void AddSecretFiles(this ConfigurationManager configuration)
    {
        var secrets = new Dictionary<string, string?>();
        foreach (var key in keys.Concat(OfWebhooks(configuration)))
        {
            if (configuration[key + "File"] is { Length: > 0 } path)
                secrets[key] = Read(key + "File", path);
        }

        configuration.AddInMemoryCollection(secrets);
    }

    /// <summary>There may be any number of them.</summary>
    private static IEnumerable<string> OfWebhooks(ConfigurationManager configuration) =>
        configuration.GetSection("Webhooks").GetChildren().SelectMany(target => (string[])[$"{target.Path}:Secret", $"{target.Path}:SecretPrevious"]);

    private static string Read(string key, string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingException($"{key} names a file that cannot be read: {path}.");
        }
    }
}
