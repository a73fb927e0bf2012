using System.Diagnostics;
using System.Text.RegularExpressions;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Keycloak;
using Npgsql;

namespace ChatGovernance.EndToEnd.Tests.Compose;

/// <summary>What docker-compose.yml and the Dockerfile say, as plain processes: their commands, variables, secrets and mounted files.</summary>
public sealed partial class ComposedDeployment : IAsyncDisposable
{
    /// <summary>Keycloak is built for its database first; a test that passes never waits so long.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chatgovernance-compose.");
    private readonly List<PlainProcess> running = [];
    private readonly List<string> said = [];
    private Task? started;
    private Containers containers = null!;
    private OwnPostgres? postgres;
    private int postgresPort = Ports.Free();

    public SlackWorkspace Workspace { get; private set; } = null!;

    /// <summary>Keycloak's, with the first administrator's password.</summary>
    public RealmAdministrator Administrator { get; private set; } = null!;

    /// <summary>Everything that was written.</summary>
    public string Output => string.Join('\n', [.. said, .. running.Select(process => process.Output)]);

    internal ComposeFile Compose { get; private set; } = null!;

    /// <summary>By service, whether its health check succeeded before it was started.</summary>
    internal Dictionary<string, bool> HealthyTooEarly { get; } = [];

    /// <summary>Starts everything, once. What is missing on this machine skips the test.</summary>
    public Task Start(CancellationToken ct) => started ??= StartAll(ct);

    /// <summary>Runs a service's health check as it is written.</summary>
    public async Task<bool> IsHealthy(string service, CancellationToken ct)
    {
        var check = containers.Words(service, Compose.Service(service).HealthCheck);
        // The port of a database has no place in the words of its check.
        var environment = new Dictionary<string, string> { ["PGPORT"] = $"{postgresPort}" };
        return (await PlainProcess.Run(check, environment, folder.FullName, ct)).ExitCode == 0;
    }

    /// <summary>A secret of a service, as it reads it.</summary>
    public string Secret(string service, string name) => containers.Secret(service, name);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running)
            await process.DisposeAsync();
        Administrator?.Dispose();
        if (postgres is not null)
            await postgres.DisposeAsync();
        if (Workspace is not null)
            await Workspace.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task StartAll(CancellationToken ct)
    {
        Workspace = await SlackWorkspace.StartAsync(new SlackWorkspaceOptions(), ct);
        Compose = await Checkout(ct);
        containers = new Containers(Compose, Path.Combine(folder.FullName, "containers"));
        var bot = $"http://127.0.0.1:{Ports.Free()}";
        foreach (var written in (string[])["http://127.0.0.1:3978", "http://+:3978", "http://bot:3978"])
            containers[written] = bot;
        var image = new ImageFile(Path.Combine(folder.FullName, "Dockerfile"));
        await StartPostgres(ct);
        await Migrate(image, ct);
        await StartKeycloak(ct);
        await StartBot(image, ct);
    }

    /// <summary>The part of the checkout that is needed, with secrets made as its reader is told to.</summary>
    private async Task<ComposeFile> Checkout(CancellationToken ct)
    {
        foreach (var path in (string[])["docker-compose.yml", "Dockerfile", "keycloak/Dockerfile", "deploy/keycloak/realm.json", "deploy/keycloak/start.sh", "deploy/postgres/roles.sql", "scripts/make-secrets"])
        {
            var copy = Path.Combine(folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(RepositoryFolder.Path, path), copy);
        }

        var tokens = new Dictionary<string, string> { ["SLACK_BOT_TOKEN"] = Workspace.BotToken, ["SLACK_APP_TOKEN"] = Workspace.AppToken };
        await Succeeds([Path.Combine(folder.FullName, "scripts", "make-secrets")], tokens, folder.FullName, ct);
        return await ComposeFile.Read(Path.Combine(folder.FullName, "docker-compose.yml"), ct);
    }

    private async Task StartPostgres(CancellationToken ct)
    {
        postgres = await OwnPostgres.Start(ct);
        var service = Compose.Service("postgres");
        containers.Prepare(service);
        // As the image does for what it finds in this folder, by the server's socket.
        foreach (var script in service.Mounts.Keys.Where(target => target.StartsWith("/docker-entrypoint-initdb.d/", StringComparison.Ordinal)))
        {
            await Succeeds(
                ["psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--username=postgres", "--no-password", $"--file={containers.Root("postgres")}{script}"],
                new() { ["PGHOST"] = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host! }, folder.FullName, ct);
        }

        HealthyTooEarly["postgres"] = await IsHealthy("postgres", ct);
        postgresPort = postgres.ListenForPasswords();
        containers["Host=postgres;"] = $"Host=127.0.0.1;Port={postgresPort};";
        containers["//postgres/"] = $"//127.0.0.1:{postgresPort}/";
        await Until(() => IsHealthy("postgres", ct), "postgres", null, ct);
    }

    private async Task Migrate(ImageFile image, CancellationToken ct)
    {
        var service = Compose.Service("migrate");
        containers.Prepare(service);
        await Succeeds([.. image.Entrypoint, .. service.Command], containers.Variables(service), Path.GetDirectoryName(BotProcess.BotAssembly)!, ct);
    }

    private async Task StartKeycloak(CancellationToken ct)
    {
        var service = Compose.Service("keycloak");
        await Distribution(Path.Combine(containers.Root("keycloak"), "opt", "keycloak"), ct);
        foreach (var (source, target) in new ImageFile(Path.Combine(folder.FullName, service.Build!, "Dockerfile")).Copied("provider"))
            File.Copy(Path.Combine(RepositoryFolder.Path, "keycloak", Path.GetRelativePath("/source", source)), containers.Root("keycloak") + target + Path.GetFileName(source));
        containers.Prepare(service);
        containers["/dev/tcp/127.0.0.1/9000"] = $"/dev/tcp/127.0.0.1/{Ports.Free()}";
        HealthyTooEarly["keycloak"] = await IsHealthy("keycloak", ct);
        var environment = new Dictionary<string, string>(containers.Variables(service))
        {
            ["KC_HTTP_HOST"] = "127.0.0.1",
            ["KC_HTTP_PORT"] = "0",
            ["KC_HTTP_MANAGEMENT_PORT"] = "0",
            ["JAVA_OPTS_APPEND"] = "-XX:TieredStopAtLevel=1", // it runs for a minute: not worth the better compiler
        };
        var keycloak = PlainProcess.Start(containers.Words("keycloak", service.Entrypoint), environment, folder.FullName);
        running.Add(keycloak);

        var listening = Match.Empty;
        await Until(() => Task.FromResult((listening = Listening().Match(keycloak.Output)).Success), "keycloak", keycloak, ct);
        var here = $"http://127.0.0.1:{listening.Groups[1].Value}";
        containers["http://keycloak:8080"] = here;
        containers["/dev/tcp/127.0.0.1/9000"] = $"/dev/tcp/127.0.0.1/{listening.Groups[2].Value}";
        await Until(() => IsHealthy("keycloak", ct), "keycloak", keycloak, ct);
        Administrator = new RealmAdministrator(new Uri($"{here}/"), service.Environment["KC_BOOTSTRAP_ADMIN_USERNAME"], Secret("keycloak", "keycloak-admin-password"));
    }

    private async Task StartBot(ImageFile image, CancellationToken ct)
    {
        var service = Compose.Service("bot");
        containers.Prepare(service);
        HealthyTooEarly["bot"] = await IsHealthy("bot", ct);
        var environment = new Dictionary<string, string>(containers.Variables(service))
        {
            ["ASPNETCORE_HTTP_PORTS"] = "8080", // as the image that it is built on says
            ["Slack__ApiUrl"] = Workspace.ApiUrl.ToString(),
        };
        foreach (var (name, value) in image.Variables)
            environment.Add(name, containers.Here("bot", value));
        var bot = PlainProcess.Start(image.Entrypoint, environment, Path.GetDirectoryName(BotProcess.BotAssembly)!);
        running.Add(bot);
        await Until(() => IsHealthy("bot", ct), "bot", bot, ct);
    }

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
