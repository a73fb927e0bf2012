using System.Reflection;
using ChatGovernance.Sandbox.Page;
using ChatGovernance.Sandbox.Realm;
using ChatGovernance.Sandbox.Slack;

namespace ChatGovernance.Sandbox.Hosting;

/// <summary>The workspace, the realm and the bot, all running; they end, and their data is deleted, with this.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    private readonly SandboxRealm? _realm;
    private readonly string _folder;

    private RunningSandbox(SandboxSettings settings, SlackWorkspace workspace, SandboxRealm? realm, BotProcess bot, IReadOnlyDictionary<string, string> environment, string folder) =>
        (Settings, Workspace, _realm, Bot, Environment, _folder) = (settings, workspace, realm, bot, environment, folder);

    public SandboxSettings Settings { get; }

    public SlackWorkspace Workspace { get; }

    public BotProcess Bot { get; }

    /// <summary>What the bot was started with, for its other commands.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public Uri KeycloakUrl => _realm?.Url ?? Settings.Keycloak!;

    /// <summary>The realm that the sandbox brings: people, groups, roles and the bot's client.</summary>
    public static async Task<string> RealmFile()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("realm.json")!);
        return await reader.ReadToEndAsync();
    }

    /// <exception cref="SandboxException">Something of it does not start.</exception>
    public static async Task<RunningSandbox> Start(SandboxSettings settings, CancellationToken ct)
    {
        SandboxRealm? realm = null;
        SlackWorkspace? workspace = null;
        string folder = Directory.CreateTempSubdirectory("chatgovernance-").FullName;
        try
        {
            realm = await StartRealm(settings, ct);
            workspace = await StartWorkspace(settings, ct);
            Dictionary<string, string> environment = BotEnvironment.For(settings, workspace, realm?.Url ?? settings.Keycloak!, folder);
            BotProcess bot = await BotProcess.Start(environment, settings.Verbose ? Console.WriteLine : _ => { }, ct);
            workspace.BotUrl = bot.Url;
            return new RunningSandbox(settings, workspace, realm, bot, environment, folder);
        }
        catch
        {
            await End(null, workspace, realm, folder);
            throw;
        }
    }

    public ValueTask DisposeAsync() => End(Bot, Workspace, _realm, _folder);

    private static async Task<SandboxRealm?> StartRealm(SandboxSettings settings, CancellationToken ct)
    {
        if (settings.Keycloak is not null)
        {
            if (settings.Admin is not null) await DemoRealm.CreateWhereMissing(settings, await RealmFile(), ct);
            return null;
        }
        SandboxRealm realm = await SandboxRealm.Start(await RealmFile(), 0, TimeProvider.System, ct);
        if (settings.RefuseMemberships)
            realm.Faults.Answer(403, call => call.Is("PUT", "users/*/groups/*"), body: """{"error":"HTTP 403 Forbidden"}""");
        return realm;
    }

    private static async Task<SlackWorkspace> StartWorkspace(SandboxSettings settings, CancellationToken ct)
    {
        try
        {
            return await SlackWorkspace.StartAsync(
                new SlackWorkspaceOptions { Port = settings.Port ?? Ports.UsualOrAny() }, host => host.App.MapPage(host.Workspace), ct);
        }
        catch (IOException problem)
        {
            throw new SandboxException($"Port {settings.Port} cannot be used: {problem.Message}", problem);
        }
    }

    private static async ValueTask End(BotProcess? bot, SlackWorkspace? workspace, SandboxRealm? realm, string folder)
    {
        if (bot is not null) await bot.DisposeAsync();
        if (workspace is not null) await workspace.DisposeAsync();
        if (realm is not null) await realm.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
