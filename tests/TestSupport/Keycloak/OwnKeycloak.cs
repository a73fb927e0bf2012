using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.TestSupport.Databases;
using Npgsql;

namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>A Keycloak with the provider that a test has to itself, to kill and to start again, with a PostgreSQL of its own.</summary>
public sealed class OwnKeycloak : IAsyncDisposable
{
    private const string Password = "of-this-test-alone";

    private readonly OwnPostgres postgres;
    private readonly List<(string Name, string Value)> environment;
    private readonly Dictionary<int, string> running = [];

    private OwnKeycloak(OwnPostgres postgres, List<(string Name, string Value)> environment) => (this.postgres, this.environment) = (postgres, environment);

    /// <summary>The first node.</summary>
    public KeycloakServer Server { get; } = new(new Uri($"http://127.0.0.1:{Ports.Free()}/"), "admin", Password);

    /// <param name="settings">Variables of the server's environment.</param>
    /// <exception cref="KeycloakMissingException">There is nothing to start it from, or nothing to install.</exception>
    public static async Task<OwnKeycloak> Start(IEnumerable<(string Name, string Value)> settings, CancellationToken ct)
    {
        var provider = KeycloakServer.Provider();
        var postgres = await OwnPostgres.Start(ct);
        await using (var connection = new NpgsqlConnection(postgres.ConnectionString))
        {
            await connection.OpenAsync(ct);
            foreach (var statement in (string[])[$"CREATE ROLE keycloak LOGIN PASSWORD '{Password}'", "CREATE DATABASE keycloak OWNER keycloak"])
            {
                await using var command = new NpgsqlCommand(statement, connection);
                await command.ExecuteNonQueryAsync(ct);
            }
        }

        var keycloak = new OwnKeycloak(postgres,
        [
            .. settings,
            ("KEYCLOAK_PROVIDER", provider),
            ("KEYCLOAK_DB", "postgres"),
            ("KC_DB_URL", $"jdbc:postgresql://127.0.0.1:{postgres.ListenForPasswords()}/keycloak"),
            ("KC_DB_USERNAME", "keycloak"),
            ("KC_DB_PASSWORD", Password),
            ("KEYCLOAK_ADMIN_PASSWORD", Password),
        ]);
        await keycloak.StartNode(keycloak.Server.Url.Port);
        return keycloak;
    }

    /// <summary>Starts a node on this port, where one was before or beside the others.</summary>
    public async Task StartNode(int port) => running[port] = KeycloakServer.ValueOf("KEYCLOAK_PID_FILE", await KeycloakServer.Run(["start"], [.. environment, ("KEYCLOAK_PORT", $"{port}")]));

    /// <summary>Ends a node as a crash would.</summary>
    public Task KillNode(int port) => End("kill", port);

    public async ValueTask DisposeAsync()
    {
        foreach (var port in running.Keys.ToList())
            await End("kill", port);
        await postgres.DisposeAsync();
    }

    private async Task End(string how, int port)
    {
        if (running.Remove(port, out var file))
            await KeycloakServer.Run([how, file], []);
    }
}
