using System.Diagnostics;

namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>
/// One real Keycloak for every test of the process: the running one that <c>KEYCLOAK_URL</c> names (<c>scripts/test</c> starts one for all
/// test projects), or one of its own from <c>KEYCLOAK_HOME</c> or <c>KEYCLOAK_ZIP</c>, ended with the process.
/// </summary>
public sealed record KeycloakServer(Uri Url, string Administrator, string Password)
{
    private static readonly Lazy<Task<KeycloakServer>> Shared = new(Find);
    private static readonly Lazy<Task<KeycloakServer>> Extended = new(StartWithProvider);

    /// <exception cref="KeycloakMissingException">None of the variables is set.</exception>
    public static Task<KeycloakServer> GetAsync() => Shared.Value;

    /// <summary>Another one for every test of the process, with what <c>keycloak/</c> builds installed.</summary>
    /// <exception cref="KeycloakMissingException">There is nothing to start it from, or nothing to install.</exception>
    public static Task<KeycloakServer> WithProviderAsync() => Extended.Value;

    /// <summary>Another one without it, started as that one is: to compare.</summary>
    /// <exception cref="KeycloakMissingException">There is nothing to start it from.</exception>
    public static Task<KeycloakServer> WithoutProviderAsync() => Start();

    private static async Task<KeycloakServer> StartWithProvider()
    {
        var provider = Provider();
        return await Start(("KEYCLOAK_PROVIDER", provider), ("KC_SPI_CIBA_AUTH_CHANNEL__CIBA_HTTP_AUTH_CHANNEL__HTTP_AUTHENTICATION_CHANNEL_URI", $"{(await Phones.GetAsync()).Url}"));
    }

    /// <summary>What <c>keycloak/</c> builds.</summary>
    /// <exception cref="KeycloakMissingException">It is not built, or there is nothing to install it on.</exception>
    internal static string Provider()
    {
        var provider = Path.Combine(RepositoryFolder.Path, "keycloak", "target", "chatgovernance-keycloak.jar");
        if (Variable("KEYCLOAK_HOME") is null && Variable("KEYCLOAK_ZIP") is null)
            throw new KeycloakMissingException("No Keycloak to install the provider on: set KEYCLOAK_HOME or KEYCLOAK_ZIP.");
        if (!File.Exists(provider))
            throw new KeycloakMissingException("The provider is not built: run scripts/provider.");
        return provider;
    }

    private static async Task<KeycloakServer> Find()
    {
        if (Variable("KEYCLOAK_URL") is { } url)
            return new KeycloakServer(new Uri(url), Variable("KEYCLOAK_ADMIN") ?? "admin", Variable("KEYCLOAK_ADMIN_PASSWORD") ?? "admin");
        if (Variable("KEYCLOAK_HOME") is null && Variable("KEYCLOAK_ZIP") is null)
            throw new KeycloakMissingException("No real Keycloak: set KEYCLOAK_URL, KEYCLOAK_HOME or KEYCLOAK_ZIP.");

        return await Start();
    }

    private static async Task<KeycloakServer> Start(params (string Name, string Value)[] environment)
    {
        string printed = await Run(["start"], environment);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Run(["stop", ValueOf("KEYCLOAK_PID_FILE", printed)], []).GetAwaiter().GetResult();
        return new KeycloakServer(new Uri(ValueOf("KEYCLOAK_URL", printed)), ValueOf("KEYCLOAK_ADMIN", printed), ValueOf("KEYCLOAK_ADMIN_PASSWORD", printed));
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    internal static string ValueOf(string name, string printed) =>
        printed.Split('\n').First(line => line.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    internal static async Task<string> Run(string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(RepositoryFolder.Path, "scripts", "keycloak"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync();
        string printed = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return script.ExitCode == 0
            ? printed
            : throw new InvalidOperationException($"scripts/keycloak {arguments[0]} ended with {script.ExitCode}: {await errors}");
    }
}
