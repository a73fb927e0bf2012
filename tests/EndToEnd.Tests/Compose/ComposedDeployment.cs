using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Keycloak;
using Npgsql;

namespace ChatGovernance.EndToEnd.Tests.Compose;

/// <summary>
/// What docker-compose.yml says, as plain processes: its commands, variables, secrets and mounted files, with loopback ports for the names
/// of its network, and a folder for what each container would have as its own files.
/// </summary>
public sealed partial class ComposedDeployment : IAsyncDisposable
{
    /// <summary>Keycloak is built for its database first; a test that passes never waits so long.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim starting = new(1);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chatgovernance-compose.");
    private readonly Dictionary<string, string> addresses = [];
    private readonly Dictionary<string, PlainProcess> running = [];
    private readonly List<string> said = [];
    private ComposeFile? file;
    private OwnPostgres? postgres;
    private int postgresPort = Ports.Free();

    public SlackWorkspace Workspace { get; private set; } = null!;

    /// <summary>Keycloak's, with the first administrator's password.</summary>
    public RealmAdministrator Administrator { get; private set; } = null!;

    /// <summary>Everything that was written.</summary>
    public string Output => string.Join('\n', [.. said, .. running.Values.Select(p => p.Output)]);

    /// <summary>By service, whether its health check succeeded before it was started.</summary>
    internal Dictionary<string, bool> HealthyTooEarly { get; } = [];

    internal ComposeFile File => file!;

    /// <summary>Starts everything, once. What is missing on this machine skips the test.</summary>
    public async Task Start(CancellationToken ct)
    {
        await starting.WaitAsync(ct);
        try
        {
            if (running.ContainsKey("bot"))
                return;
            var workspace = await SlackWorkspace.StartAsync(new SlackWorkspaceOptions(), ct);
            Workspace = workspace;
            file = await Checkout(ct);
            await StartPostgres(ct);
            await Run("migrate", Dotnet(), new() { ["DOTNET_NOLOGO"] = "1" }, ct);
            await StartKeycloak(ct);
            await StartBot(ct);
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Runs a service's health check as it is written.</summary>
    public async Task<bool> IsHealthy(string service, CancellationToken ct)
    {
        var check = file!.Service(service).HealthCheck.Select(word => Here(service, word)).ToArray();
        // The port of a database has no place in the words of its check.
        var environment = new Dictionary<string, string> { ["PGPORT"] = $"{postgresPort}" };
        return (await PlainProcess.Run(check, environment, folder.FullName, ct)).ExitCode == 0;
    }

    /// <summary>A secret of a service, as it reads it.</summary>
    public string Secret(string service, string name) => System.IO.File.ReadAllText(Path.Combine(Root(service), "run", "secrets", name));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running.Values)
            await process.DisposeAsync();
        Administrator?.Dispose();
        if (postgres is not null)
            await postgres.DisposeAsync();
        if (Workspace is not null)
            await Workspace.DisposeAsync();
        folder.Delete(recursive: true);
        starting.Dispose();
    }

    /// <summary>The part of the checkout that is needed, with secrets made as its reader is told to.</summary>
    private async Task<ComposeFile> Checkout(CancellationToken ct)
    {
        foreach (var path in (string[])["docker-compose.yml", "Dockerfile", "deploy/keycloak/realm.json", "deploy/keycloak/start.sh", "deploy/postgres/roles.sql", "scripts/make-secrets"])
        {
            var copy = Path.Combine(folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(Path.Combine(RepositoryFolder.Path, path), copy);
        }

        var tokens = new Dictionary<string, string> { ["SLACK_BOT_TOKEN"] = Workspace.BotToken, ["SLACK_APP_TOKEN"] = Workspace.AppToken };
        await Succeeds([Path.Combine(folder.FullName, "scripts", "make-secrets")], tokens, folder.FullName, ct);
        return await ComposeFile.Read(Path.Combine(folder.FullName, "docker-compose.yml"), ct);
    }

    private async Task StartPostgres(CancellationToken ct)
    {
        postgres = await OwnPostgres.Start(ct);
        var service = file!.Service("postgres");
        Prepare(service);

        // As the image does for what it finds in this folder, by the server's socket.
        var scripts = service.Mounts.Keys.Where(target => target.StartsWith("/docker-entrypoint-initdb.d/", StringComparison.Ordinal));
        foreach (var script in scripts.Select(target => Root("postgres") + target))
        {
            await Succeeds(
                ["psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--username=postgres", "--no-password", $"--file={script}"],
                new() { ["PGHOST"] = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host! }, folder.FullName, ct);
        }

        HealthyTooEarly["postgres"] = await IsHealthy("postgres", ct);
        postgresPort = postgres.ListenForPasswords();
        addresses["Host=postgres;"] = $"Host=127.0.0.1;Port={postgresPort};";
        addresses["//postgres/"] = $"//127.0.0.1:{postgresPort}/";
        await UntilHealthy("postgres", null, ct);
    }

    private async Task StartKeycloak(CancellationToken ct)
    {
        var service = file!.Service("keycloak");
        await Distribution(Path.Combine(Root("keycloak"), "opt", "keycloak"), ct);
        Prepare(service);
        addresses["/dev/tcp/127.0.0.1/9000"] = $"/dev/tcp/127.0.0.1/{Ports.Free()}";
        HealthyTooEarly["keycloak"] = await IsHealthy("keycloak", ct);
        var environment = Variables(service);
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("KC_HTTP_HOST", "127.0.0.1"), ("KC_HTTP_PORT", "0"), ("KC_HTTP_MANAGEMENT_PORT", "0")])
            environment.Add(name, value);
        environment.Add("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1"); // it runs for a minute: not worth the better compiler
        var keycloak = PlainProcess.Start([.. service.Entrypoint.Select(word => Here("keycloak", word))], environment, folder.FullName);
        running["keycloak"] = keycloak;

        Match listening = Match.Empty;
        await Until(() => Task.FromResult((listening = Listening().Match(keycloak.Output)).Success), "keycloak", keycloak, ct);
        addresses["/dev/tcp/127.0.0.1/9000"] = $"/dev/tcp/127.0.0.1/{listening.Groups[2].Value}";
        addresses["http://keycloak:8080"] = $"http://127.0.0.1:{listening.Groups[1].Value}";
        await UntilHealthy("keycloak", keycloak, ct);
        Administrator = new RealmAdministrator(new Uri($"http://127.0.0.1:{listening.Groups[1].Value}/"), service.Environment["KC_BOOTSTRAP_ADMIN_USERNAME"], Secret("keycloak", "keycloak-admin-password"));
    }

    private async Task StartBot(CancellationToken ct)
    {
        var here = $"http://127.0.0.1:{Ports.Free()}";
        addresses["http://127.0.0.1:3978"] = here;
        addresses["http://+:3978"] = here;
        var service = file!.Service("bot");
        Prepare(service);
        HealthyTooEarly["bot"] = await IsHealthy("bot", ct);
        var environment = Variables(service);
        foreach (var (name, value) in Image())
            environment.Add(name, Here("bot", value));
        environment.Add("ASPNETCORE_HTTP_PORTS", "8080"); // as the image that it is built on says
        environment.Add("Slack__ApiUrl", Workspace.ApiUrl.ToString());
        running["bot"] = PlainProcess.Start(Dotnet(), environment, Path.GetDirectoryName(BotProcess.BotAssembly)!);
        await UntilHealthy("bot", running["bot"], ct);
    }

    /// <summary>A service that ends by itself.</summary>
    private Task Run(string name, IReadOnlyList<string> entrypoint, Dictionary<string, string> more, CancellationToken ct)
    {
        var service = file!.Service(name);
        Prepare(service);
        foreach (var (variable, value) in Variables(service))
            more.Add(variable, value);
        return Succeeds([.. entrypoint, .. service.Command], more, Path.GetDirectoryName(BotProcess.BotAssembly)!, ct);
    }

    /// <summary>The Dockerfile's own entry point, which names a program in its working directory.</summary>
    private IReadOnlyList<string> Dotnet() =>
        JsonSerializer.Deserialize<string[]>(Dockerfile().Single(line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal))["ENTRYPOINT ".Length..])!;

    /// <summary>The variables that the Dockerfile sets.</summary>
    private IEnumerable<(string Name, string Value)> Image() =>
        Dockerfile().Where(line => line.StartsWith("ENV ", StringComparison.Ordinal)).SelectMany(line => line.Split(' ').Skip(1))
            .Select(pair => (pair.Split('=')[0], pair.Split('=')[1]));

    private string[] Dockerfile() => System.IO.File.ReadAllLines(Path.Combine(folder.FullName, "Dockerfile"));

    /// <summary>Puts a service's secrets and mounted files where it looks for them.</summary>
    private void Prepare(ComposeService service)
    {
        var files = service.Mounts.Concat(service.Secrets.Select(secret => KeyValuePair.Create($"/run/secrets/{secret}", file!.FileOf(secret))));
        foreach (var (target, source) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Root(service.Name) + target)!);
            System.IO.File.WriteAllText(Root(service.Name) + target, Here(service.Name, System.IO.File.ReadAllText(source)));
        }
    }

    private Dictionary<string, string> Variables(ComposeService service) => service.Environment.ToDictionary(v => v.Key, v => Here(service.Name, v.Value));

    /// <summary>The same text with this machine's paths and ports.</summary>
    private string Here(string service, string text) =>
        addresses.Append(new("/run/secrets/", $"{Root(service)}/run/secrets/")).Append(new("/opt/keycloak/", $"{Root(service)}/opt/keycloak/"))
            .Aggregate(text, (now, address) => now.Replace(address.Key, address.Value, StringComparison.Ordinal));

    /// <summary>What a container has for <c>/</c>.</summary>
    private string Root(string service) => Path.Combine(folder.FullName, "containers", service);

    private static async Task Distribution(string place, CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable("KEYCLOAK_HOME") is not { Length: > 0 } && Environment.GetEnvironmentVariable("KEYCLOAK_ZIP") is not { Length: > 0 })
            throw new KeycloakMissingException("No Keycloak of its own to start: set KEYCLOAK_HOME or KEYCLOAK_ZIP.");
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        using var script = Process.Start(Path.Combine(RepositoryFolder.Path, "scripts", "keycloak"), ["copy", place]);
        await script.WaitForExitAsync(ct);
        script.ExitCode.ShouldBe(0);
    }

    private async Task Succeeds(IReadOnlyList<string> command, Dictionary<string, string> environment, string place, CancellationToken ct)
    {
        var (code, output) = await PlainProcess.Run(command, environment, place, ct);
        said.Add(output);
        code.ShouldBe(0, output);
    }

    private Task UntilHealthy(string service, PlainProcess? process, CancellationToken ct) => Until(() => IsHealthy(service, ct), service, process, ct);

    private static async Task Until(Func<Task<bool>> holds, string service, PlainProcess? process, CancellationToken ct)
    {
        for (var waited = Stopwatch.StartNew(); !await holds();)
        {
            if (process?.HasExited == true || waited.Elapsed > patience)
                throw new InvalidOperationException($"{service} did not become healthy.\n{process?.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, ct);
        }
    }

    [GeneratedRegex(@"Listening on: http://127\.0\.0\.1:(\d+)\. Management interface listening on http://127\.0\.0\.1:(\d+)\.")]
    private static partial Regex Listening();
}
