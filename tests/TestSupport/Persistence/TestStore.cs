using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Audit;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Claims;
using ChatGovernance.Infrastructure.Persistence.Start;
using ChatGovernance.Infrastructure.Persistence.Stores;
using ChatGovernance.TestSupport.Databases;
using Xunit;

namespace ChatGovernance.TestSupport.Persistence;

/// <summary>Every store on a fresh database of either kind, as the bot has them. Any number of tasks may use it at once.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private static readonly DatabaseSchema schema = new("governance", (kind, connectionString, ct) =>
        Schema.Apply(new DatabaseOptions { Provider = ProviderOf(kind), ConnectionString = connectionString }, TimeProvider.System, ct));

    private readonly ITestDatabase database;

    private TestStore(ITestDatabase database, TimeProvider clock, IAuditMirror mirror, IWebhookOutbox webhooks, IWake wake)
    {
        this.database = database;
        var contexts = new Contexts(ProviderOf(database.Kind), database.ConnectionString);
        Commits = new EfCommits(contexts, mirror, webhooks, wake, clock);
        Claims = new EfClaims(contexts, clock);
        Inbox = new EfInbox(contexts, wake, clock);
        Requests = new EfRequests(contexts);
        Entitlements = new EfEntitlements(contexts, wake);
        Cards = new EfCards(contexts);
        Notes = new EfNotes(contexts);
        Matches = new EfMatches(contexts);
        Links = new EfLinks(contexts);
        Logins = new EfLogins(contexts);
        Offers = new EfOffers(contexts);
        LoginChanges = new EfLoginChanges(contexts);
        Webhooks = new EfWebhooks(contexts);
        Overview = new EfOverview(contexts);
        History = new EfHistory(contexts);
        Replies = new EfReplies(contexts);
        Deployment = new EfDeployment(contexts);
        Catalog = new EfCatalogStore(contexts);
        Verifier = new AuditVerifier(contexts);
        Export = new AuditExport(contexts, clock);
    }

    public ICommits Commits { get; }

    public IClaims Claims { get; }

    public IInbox Inbox { get; }

    public IRequests Requests { get; }

    public IEntitlements Entitlements { get; }

    public ICards Cards { get; }

    public INotes Notes { get; }

    public IMatches Matches { get; }

    public ILinks Links { get; }

    public ILogins Logins { get; }

    public ILoginOffers Offers { get; }

    public ILoginChanges LoginChanges { get; }

    public IWebhooks Webhooks { get; }

    public IOverview Overview { get; }

    public IHistory History { get; }

    public IReplies Replies { get; }

    public IDeployment Deployment { get; }

    public ICatalogStore Catalog { get; }

    public AuditVerifier Verifier { get; }

    public AuditExport Export { get; }

    public ITestDatabase Database => database;

    /// <param name="mirror">Null: the audit is not mirrored.</param>
    /// <param name="wake">Null: nobody is woken.</param>
    /// <param name="webhooks">Null: nobody outside is told.</param>
    public static async Task<TestStore> Create(DatabaseKind kind, TimeProvider clock, IAuditMirror? mirror = null, IWake? wake = null, IWebhookOutbox? webhooks = null) =>
        new(await TestDatabases.CreateAsync(kind, schema, TestContext.Current.CancellationToken), clock, mirror ?? new NoMirror(), webhooks ?? new NoWebhooks(), wake ?? new NobodyWoken());

    /// <summary>The same on a database that is there, and empty.</summary>
    public static async Task<TestStore> On(ITestDatabase database, TimeProvider clock, CancellationToken ct)
    {
        await schema.Apply(database.Kind, database.ConnectionString, ct);
        return new TestStore(database, clock, new NoMirror(), new NoWebhooks(), new NobodyWoken());
    }

    /// <summary>What <see cref="IClaims.Claim"/> takes, without its trace.</summary>
    public async Task<IReadOnlyList<Lease>> Claim(WorkKind kind, int max, TimeSpan length, CancellationToken ct) =>
        [.. (await Claims.Claim(kind, max, length, ct)).Select(claimed => claimed.Lease)];

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static DatabaseProvider ProviderOf(DatabaseKind kind) => kind switch
    {
        DatabaseKind.Sqlite => DatabaseProvider.Sqlite,
        DatabaseKind.PostgreSql => DatabaseProvider.PostgreSql,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private sealed class NoMirror : IAuditMirror
    {
        public IReadOnlyList<Core.Chat.Note> Mirror(IReadOnlyList<AuditRow> rows) => [];
    }

    private sealed class NoWebhooks : IWebhookOutbox
    {
        public bool IsEmpty => true;

        public IReadOnlyList<WebhookEvent> Write(IReadOnlyList<AuditRow> rows) => [];
    }

    private sealed class NobodyWoken : IWake
    {
        public void Wake(WorkKind kind)
        {
        }
    }
}
