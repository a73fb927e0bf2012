using ChatGovernance.Core;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Work;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Fakes;
using ChatGovernance.TestSupport.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Claims rows and runs their use cases one after another, as the bot's loops do at once.</summary>
internal sealed class Workers
{
    private static readonly TimeSpan lease = TimeSpan.FromMinutes(1);
    private static readonly WorkKind[] kinds = Enum.GetValues<WorkKind>();

    private readonly TestStore store;
    private readonly ManualClock clock;
    private readonly CommandReader reader = new();
    private readonly ServiceProvider services;

    public Workers(TestStore store, CrashingCommits commits, FakeDirectory directory, FakeChat chat, IWebhookTargets receivers, ManualClock clock, PeopleOptions people, LoginAvailability login)
    {
        this.store = store;
        this.clock = clock;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Workers:Enabled", "false")]).Build();
        var collection = new ServiceCollection();
        if (people.Sources.Contains(IdentitySource.Attribute))
            collection.AddScoped<IIdentitySource, AttributeSource>();
        if (people.Sources.Contains(IdentitySource.VerifiedEmail))
            collection.AddScoped<IIdentitySource, VerifiedEmailSource>();
        if (people.Sources.Contains(IdentitySource.Link))
            collection.AddScoped<IIdentitySource, LinkSource>();
        services = collection
            .AddWork(configuration)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IIds>(new KnownIds())
            .AddSingleton<ICommits>(commits)
            .AddSingleton(store.Claims)
            .AddSingleton(store.Inbox)
            .AddSingleton(store.Requests)
            .AddSingleton(store.Entitlements)
            .AddSingleton(store.Cards)
            .AddSingleton(store.Notes)
            .AddSingleton(store.Matches)
            .AddSingleton(store.Links)
            .AddSingleton(store.Logins)
            .AddSingleton(store.Offers)
            .AddSingleton(store.LoginChanges)
            .AddSingleton<ILoginPolicies>(Logins)
            .AddSingleton(login)
            .AddSingleton(new SessionEnds(EndOnRevoke: true))
            .AddSingleton<IPolicies>(Policies)
            .AddSingleton<IPolicyFile>(File)
            .AddScoped<FollowPolicy>()
            .AddSingleton(store.Webhooks)
            .AddSingleton(receivers)
            .AddSingleton(store.Overview)
            .AddSingleton(store.History)
            .AddSingleton(store.Deployment)
            .AddSingleton<IDirectory>(directory)
            .AddSingleton<IChat>(chat)
            .AddSingleton<IChatPlatform>(chat)
            .AddSingleton(people)
            .AddSingleton(new StaffOptions { SecurityGroup = "/security", AdministratorGroup = "/administrators" })
            .AddSingleton<ICatalog>(Catalog)
            .AddSingleton<IDeliveryReader>(reader)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public FixedCatalog Catalog { get; } = new();

    public FixedPolicy Policies { get; } = new();

    public FakeLoginPolicies Logins { get; } = new();

    /// <summary>What the file of policies says.</summary>
    public FixedPolicyFile File { get; } = new();

    /// <summary>Looks at the file, as every few seconds.</summary>
    public async Task<FollowedPolicy> FollowPolicy(FollowedPolicy? before, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FollowPolicy>().Run(before, ct);
    }

    public async Task<PolicyDiff> Diff(Policy next, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DiffPolicy>().Run(next, ct);
    }

    /// <summary>Stores a delivery, as the ingress does before it answers.</summary>
    public Task Deliver(Command command, Subject subject, CancellationToken ct) => store.Inbox.Accept(reader.Write(command, subject), ct);

    /// <summary>Everything that is due now. After a crash the leases of the dead process run out first.</summary>
    public async Task Work(CancellationToken ct)
    {
        for (var rounds = 0; ; rounds++)
        {
            rounds.ShouldBeLessThan(2000, "Something is due again and again.");
            var crashed = false;
            var worked = false;
            foreach (var kind in kinds)
            {
                foreach (var claimed in await store.Claim(kind, 10, lease, ct))
                {
                    worked = true;
                    crashed |= !await Run(claimed, ct);
                }
            }

            if (crashed)
                clock.Advance(lease);
            else if (!worked)
                return;
        }
    }

    /// <summary>Reads the catalog as the bot's loop does, once.</summary>
    public async Task<CatalogRefresh> Refresh(CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var refresh = await scope.ServiceProvider.GetRequiredService<RefreshCatalog>().Run(Catalog.Current, ct);
        if (refresh is CatalogRefresh.Read read)
            Catalog.Current = read.Catalog;
        return refresh;
    }

    /// <summary>Takes what is due of a kind, one row; the lease is the caller's to work on or to let run out.</summary>
    public async Task<Lease> Claim(WorkKind kind, CancellationToken ct) => (await store.Claim(kind, 1, lease, ct)).ShouldHaveSingleItem();

    /// <summary>What is due of one kind, once, whatever else is due.</summary>
    public async Task WorkOn(WorkKind kind, CancellationToken ct)
    {
        foreach (var claimed in await store.Claim(kind, 10, lease, ct))
            (await Run(claimed, ct)).ShouldBeTrue();
    }

    /// <summary>Moves the clock from one due time to the next, working at each.</summary>
    public async Task Pass(TimeSpan time, CancellationToken ct)
    {
        var until = clock.GetUtcNow() + time;
        for (var turns = 0; ; turns++)
        {
            turns.ShouldBeLessThan(2000, "Something is due again and again.");
            await Work(ct);
            DateTimeOffset? next = null;
            foreach (var kind in kinds)
            {
                if (await store.Claims.NextDue(kind, ct) is { } due && (next is null || due < next))
                    next = due;
            }

            if (next is null || next > until)
                break;
            // What is due already and cannot be claimed waits for another row's turn.
            clock.Advance(next > clock.GetUtcNow() ? next.Value - clock.GetUtcNow() : TimeSpan.FromSeconds(1));
        }

        if (clock.GetUtcNow() < until)
            clock.Advance(until - clock.GetUtcNow());
        await Work(ct);
    }

    /// <summary>Reads the directory's events since then, as is done every minute.</summary>
    public async Task<Followed> Follow(DateTimeOffset since, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FollowDirectory>().Run(since, ct);
    }

    /// <summary>Reads which logins were denied since then, as is done every minute.</summary>
    public async Task<FollowedLogins> Follow(DateTimeOffset since, Dictionary<string, DateTimeOffset> seen, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FollowLogins>().Run(since, seen, ct);
    }

    /// <summary>Looks at login policies, as is done every minute.</summary>
    public async Task<FollowedLoginPolicies?> Follow(FollowedLoginPolicies? last, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<FinishLoginChanges>().Run(ct);
            return await scope.ServiceProvider.GetRequiredService<FollowLoginPolicies>().Run(last, ct);
        }
        catch (CrashException)
        {
            return null; // the process that comes after it has not looked yet
        }
    }

    /// <summary>Sends again what was given up, as the command line does.</summary>
    public async Task<ResentWebhooks> Resend(string? target, string? eventId, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ResendWebhooks>().Run(target, eventId, ct);
    }

    /// <summary>A call by somebody's token, judged and saved as the API does. Null: the process died in it.</summary>
    public async Task<Judgement?> Call(Func<IServiceProvider, Task<Judgement>> judge, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        try
        {
            while (true)
            {
                var judgement = await judge(scope.ServiceProvider);
                if (judgement is not Judgement.Done done || await scope.ServiceProvider.GetRequiredService<ICommits>().Commit(done.Changes, ct) == CommitResult.Saved)
                    return judgement;
            }
        }
        catch (CrashException)
        {
            return null;
        }
    }

    /// <summary>What a person is shown.</summary>
    public async Task<T> See<T>(Func<SeeAccess, Task<T>> look)
    {
        await using var scope = services.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<SeeAccess>());
    }

    /// <summary>A step of a person's browser. Null: the process died in it.</summary>
    public async Task<T?> Browse<T>(Func<BrowserLogin, Task<T>> step)
        where T : class
    {
        await using var scope = services.CreateAsyncScope();
        try
        {
            return await step(scope.ServiceProvider.GetRequiredService<BrowserLogin>());
        }
        catch (CrashException)
        {
            return null;
        }
    }

    /// <summary>Works on one row, as one of the bot's workers. False: it crashed.</summary>
    public async Task<bool> Run(Lease claimed, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        try
        {
            try
            {
                await Run(scope.ServiceProvider, claimed, ct);
            }
            catch (BugException exception)
            {
                await scope.ServiceProvider.GetRequiredService<GiveBack>().Run(claimed, exception.GetType().Name, ct);
            }

            return true;
        }
        catch (CrashException)
        {
            return false;
        }
    }

    private static Task Run(IServiceProvider provider, Lease claimed, CancellationToken ct) => claimed.Kind switch
    {
        WorkKind.Inbox => provider.GetRequiredService<HandleDelivery>().Run(claimed, ct),
        WorkKind.Request => provider.GetRequiredService<AdvanceRequest>().Run(claimed, ct),
        WorkKind.Entitlement => provider.GetRequiredService<ReconcileEntitlement>().Run(claimed, ct),
        WorkKind.Card => provider.GetRequiredService<DeliverCard>().Run(claimed, ct),
        WorkKind.Note => provider.GetRequiredService<SayNote>().Run(claimed, ct),
        WorkKind.Webhook => provider.GetRequiredService<DeliverWebhook>().Run(claimed, ct),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    internal sealed class NoReceivers : IWebhookTargets
    {
        public IReadOnlyCollection<string> Names => [];

        public Task<Posted> Post(WebhookEvent sent, CancellationToken ct) => Task.FromResult<Posted>(new Posted.Unknown());
    }

    internal sealed class FixedPolicy : IPolicies
    {
        public Policy Current { get; private set; } = Policy.None;

        public void Replace(Policy policy) => Current = policy;
    }

    /// <summary>A file in memory; null: none is set up.</summary>
    internal sealed class FixedPolicyFile : IPolicyFile
    {
        public string? Text { get; set; }

        public bool IsSet => Text is not null;

        public Task<PolicyReading> Read(CancellationToken ct) => Task.FromResult(Parse(Text!));

        public PolicyReading Parse(string text) => Infrastructure.Policies.PolicyParser.Parse(text);
    }

    internal sealed class FixedCatalog : ICatalog
    {
        public int FailsNext { get; set; }

        public Catalog Current
        {
            get => FailsNext == 0 ? field : throw new BugException($"A bug, {FailsNext--} more times.");
            set;
        } = Core.Policies.Catalog.Empty;
    }

    /// <summary>Commands by number: what a platform's reader takes from its payload.</summary>
    private sealed class CommandReader : IDeliveryReader
    {
        private readonly List<Command> commands = [];

        public Delivery Write(Command command, Subject subject)
        {
            commands.Add(command);
            return new Delivery($"test:{commands.Count}", subject, "test", BitConverter.GetBytes(commands.Count - 1), []);
        }

        public bool Reads(string kind) => kind == "test";

        public Command Read(Delivery delivery) => commands[BitConverter.ToInt32(delivery.Payload)];
    }
}
