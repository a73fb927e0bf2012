using System.Collections.Concurrent;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Keycloak;
using ChatGovernance.TestSupport.Persistence;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>
/// The bot as a process, with a realm of its own on a real Keycloak, a database of its own on a real PostgreSQL, and the sandbox's
/// Slack workspace. Shared by the tests of a class: each has targets of its own. What is missing on this machine skips the test that starts it.
/// </summary>
public class Deployment : IAsyncDisposable
{
    private readonly SemaphoreSlim starting = new(1);
    private readonly ConcurrentQueue<string> said = [];
    private PostgresRole? role;

    public TestRealm Realm { get; protected set; } = null!;

    /// <summary>Through which the bot, and only the bot, reaches Keycloak.</summary>
    public KeycloakProxy Proxy { get; private set; } = null!;

    /// <summary>As the owner of the schema.</summary>
    public TestStore Store { get; private set; } = null!;

    public SlackWorkspace Workspace { get; private set; } = null!;

    public BotProcess Bot { get; private set; } = null!;

    /// <summary>Everything that the bot wrote, every time that it was started.</summary>
    public string BotOutput => string.Join('\n', said);

    /// <summary>The end of it.</summary>
    public string LastOutput => string.Join('\n', said.TakeLast(100));

    public AuditTrail Audit => new(Store.Database.ConnectionString);

    /// <summary>How the bot reaches its database, as a role that owns nothing.</summary>
    protected virtual string BotsDatabase => role!.ConnectionString;

    /// <summary>Which kind of realm it has.</summary>
    protected virtual RealmKind Realms => RealmKind.Keycloak;

    /// <summary>Words in front of the bot's command line.</summary>
    protected virtual IReadOnlyList<string> Under => [];

    /// <summary>Everything the bot needs, as the documentation writes the keys.</summary>
    public virtual Dictionary<string, string> Settings => new()
    {
        ["Database:Provider"] = "PostgreSql",
        ["ConnectionStrings:ChatGovernance"] = BotsDatabase,
        ["ConnectionStrings:Migrations"] = Store.Database.ConnectionString,
        ["Keycloak:Url"] = Proxy.Url.ToString(),
        ["Keycloak:Realm"] = Realm.Name,
        ["Keycloak:ClientId"] = "chat-governance",
        ["Keycloak:ClientSecret"] = "bot-secret",
        ["Keycloak:CatalogRefresh"] = "00:00:05",
        ["Slack:BotToken"] = Workspace.BotToken,
        ["Slack:SigningSecret"] = Workspace.SigningSecret,
        ["Slack:ApiUrl"] = Workspace.ApiUrl.ToString(),
        ["Slack:AuditChannel"] = "#access-audit",
    };

    /// <summary>Starts everything, once.</summary>
    public virtual async Task Start(string realmFile, CancellationToken ct)
    {
        await starting.WaitAsync(ct);
        try
        {
            if (Bot is not null)
                return;
            Realm ??= await TestRealm.CreateAsync(Realms, realmFile, ct);
            Store ??= await CreateStore(ct);
            Proxy ??= await KeycloakProxy.Start(Realm.Server, ct);
            Workspace ??= await SlackWorkspace.StartAsync(new SlackWorkspaceOptions { People = [.. SandboxPeople.Default, SandboxPeople.Person(7, "grace", "Grace Gray")] }, ct);
            await StartBot(ct);
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Starts the bot again after it was killed.</summary>
    public async Task StartBot(CancellationToken ct)
    {
        if (Bot is not null)
            await Bot.DisposeAsync();
        Bot = await BotProcess.Start(Settings, said.Enqueue, ct, Under);
        Workspace.BotUrl = Bot.Url;
    }

    /// <summary>Starts another bot beside the one that runs, or ran; from now on Slack talks to it. The former is the caller's to end.</summary>
    public async Task StartAnother(CancellationToken ct)
    {
        Bot = await BotProcess.Start(Settings, said.Enqueue, ct);
        Workspace.BotUrl = Bot.Url;
    }

    protected virtual async Task<TestStore> CreateStore(CancellationToken ct)
    {
        var store = await TestStore.Create(DatabaseKind.PostgreSql, TimeProvider.System);
        role = await PostgresRole.CreateAsync(store.Database, ct);
        return store;
    }

    public SlackPerson Person(string name) => Workspace.Person(name);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Bot is not null)
            await Bot.DisposeAsync();
        if (Workspace is not null)
            await Workspace.DisposeAsync();
        if (Proxy is not null)
            await Proxy.DisposeAsync();
        if (Store is not null)
            await Store.DisposeAsync();
        if (role is not null)
            await role.DisposeAsync();
        if (Realm is not null)
            await Realm.DisposeAsync();
        starting.Dispose();
    }
}
