using System.Diagnostics;

namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>
/// One real Keycloak for every test of the process: the running one that <c>KEYCLOAK_URL</c> names (<c>scripts/test</c> starts one for all
/// test projects), or one of its own from <c>KEYCLOAK_HOME</c> or <c>KEYCLOAK_ZIP</c>, ended with the process.
/// </summary>
public sealed record KeycloakServer(Uri Url, string Administrator, string Password)
{
    private static readonly Lazy<Task<KeycloakServer>> Shared = new(Find);

    /// <exception cref="KeycloakMissingException">None of the variables is set.</exception>
    public static Task<KeycloakServer> GetAsync() => Shared.Value;

    private static async Task<KeycloakServer> Find()
    {
        if (Variable("KEYCLOAK_URL") is { } url)
            return new KeycloakServer(new Uri(url), Variable("KEYCLOAK_ADMIN") ?? "admin", Variable("KEYCLOAK_ADMIN_PASSWORD") ?? "admin");
        if (Variable("KEYCLOAK_HOME") is null && Variable("KEYCLOAK_ZIP") is null)
            throw new KeycloakMissingException("No real Keycloak: set KEYCLOAK_URL, KEYCLOAK_HOME or KEYCLOAK_ZIP.");

        string printed = await Run("start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Run("stop", ValueOf("KEYCLOAK_PID_FILE", printed)).GetAwaiter().GetResult();
        return new KeycloakServer(new Uri(ValueOf("KEYCLOAK_URL", printed)), ValueOf("KEYCLOAK_ADMIN", printed), ValueOf("KEYCLOAK_ADMIN_PASSWORD", printed));
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string ValueOf(string name, string printed) =>
        printed.Split('\n').First(line => line.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    private static async Task<string> Run(params string[] arguments)
    {
        using var script = Process.Start(new ProcessStartInfo(Path.Combine(RepositoryFolder.Path, "scripts", "keycloak"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = script.StandardError.ReadToEndAsync();
        string printed = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return script.ExitCode == 0
            ? printed
            : throw new InvalidOperationException($"scripts/keycloak {arguments[0]} ended with {script.ExitCode}: {await errors}");
    }
}
