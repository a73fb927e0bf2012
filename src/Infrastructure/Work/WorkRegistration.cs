using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Health;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Policies.Lint;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Claims;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Work;

public static class WorkRegistration
{
    /// <summary>The use cases, and, where this replica does background work, the loops that run them.</summary>
    public static IServiceCollection AddWork(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddUseCases().AddInquiries();
        services.AddMetrics();
        services.AddSingleton<WorkMetrics>();
        services.AddSingleton<Signals>();
        services.AddSingleton<IWake>(provider => provider.GetRequiredService<Signals>());
        services.AddSingleton<IIds, TimeOrderedIds>();
        services.AddSingleton<IAuditMirror, AuditMirror>();
        services.AddSingleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidation>();
        services.AddOptions<WorkerOptions>().Bind(configuration.GetSection(WorkerOptions.Section)).ValidateOnStart();
        services.AddHealthChecks().AddCheck<ClockHealth>(ClockHealth.Name, tags: ["ready"]);
        if (configuration.GetSection(WorkerOptions.Section).Get<WorkerOptions>() is { Enabled: false })
            return services;

        // Eight at once for the directory: what Keycloak answers best in parallel (docs/keycloak.md).
        return services
            .AddLoop(WorkKind.Inbox, 16, (provider, lease, ct) => provider.GetRequiredService<HandleDelivery>().Run(lease, ct))
            .AddLoop(WorkKind.Request, 8, (provider, lease, ct) => provider.GetRequiredService<AdvanceRequest>().Run(lease, ct))
            .AddLoop(WorkKind.Entitlement, 8, (provider, lease, ct) => provider.GetRequiredService<ReconcileEntitlement>().Run(lease, ct))
            .AddLoop(WorkKind.Card, 8, (provider, lease, ct) => provider.GetRequiredService<DeliverCard>().Run(lease, ct))
            .AddLoop(WorkKind.Note, 8, (provider, lease, ct) => provider.GetRequiredService<SayNote>().Run(lease, ct))
            .AddLoop(WorkKind.Webhook, 16, (provider, lease, ct) => provider.GetRequiredService<DeliverWebhook>().Run(lease, ct));
    }

    private static IServiceCollection AddUseCases(this IServiceCollection services) => services
        .AddScoped<Identities>()
        .AddScoped<Actors>()
        .AddScoped<Staff>()
        .AddScoped<AccessChecks>()
        .AddScoped<Exclusions>()
        .AddScoped<Own>()
        .AddScoped<FindApprovers>()
        .AddScoped<FormCheck>()
        .AddScoped<DrawForm>()
        .AddScoped<Forms>()
        .AddScoped<ReceiveRequest>()
        .AddScoped<FileRequests>()
        .AddScoped<CastVote>()
        .AddScoped<DecideByToken>()
        .AddScoped<CancelRequest>()
        .AddScoped<Deciders>()
        .AddScoped<AskQuestion>()
        .AddScoped<AnswerQuestion>()
        .AddScoped<RemindApprovers>()
        .AddScoped<AskApprovers>()
        .AddScoped<CloseRequest>()
        .AddScoped<WantGrant>()
        .AddScoped<Extensions>()
        .AddScoped<ReturnGrant>()
        .AddScoped<HeldByName>()
        .AddScoped<RevokeGrants>()
        .AddScoped<FreezeAccess>()
        .AddScoped<ShowStatus>()
        .AddScoped<BeginLink>()
        .AddScoped<EnterCode>()
        .AddScoped<EndLink>()
        .AddScoped<ShowLinks>()
        .AddScoped<BrowserLogin>()
        .AddScoped<HandleDelivery>()
        .AddScoped<GiveUpDelivery>()
        .AddScoped<GiveBack>()
        .AddScoped<OpenRequest>()
        .AddScoped<Emergencies>()
        .AddScoped<CountVote>()
        .AddScoped<AdvanceRequest>()
        .AddScoped<Alarms>()
        .AddScoped<PostAnchor>()
        .AddScoped<Disappearances>()
        .AddScoped<ProvisionGrant>()
        .AddScoped<EndGrant>()
        .AddScoped<CheckGrant>()
        .AddScoped<ReconcileEntitlement>()
        .AddScoped<OfferAccess>()
        .AddScoped<FollowLogins>()
        .AddScoped<ChangeLoginPolicy>()
        .AddScoped<FinishLoginChanges>()
        .AddScoped<FollowLoginPolicies>()
        .AddScoped<DrawOffer>()
        .AddScoped<DrawHome>()
        .AddScoped<DrawCard>()
        .AddScoped<Welcome>()
        .AddScoped<FindPressed>()
        .AddScoped<DeliverCard>()
        .AddScoped<SayNote>()
        .AddScoped<DeliverWebhook>()
        .AddScoped<ResendWebhooks>()
        .AddScoped<RefreshCatalog>()
        .AddScoped<FollowDirectory>();

    /// <summary>Questions, which change nothing: for chat and for the command line.</summary>
    internal static IServiceCollection AddInquiries(this IServiceCollection services) => services
        .AddScoped<LintCatalog>()
        .AddScoped<DiffPolicy>()
        .AddScoped<FindPerson>()
        .AddScoped<FindTarget>()
        .AddScoped<ExplainAccess>()
        .AddScoped<IExaminer, ExamineAccess>()
        .AddScoped<Examine>()
        .AddSingleton<RecordedLooks>()
        .AddScoped<SeeAccess>()
        .AddScoped<AnswerInquiry>();

    private static IServiceCollection AddLoop(this IServiceCollection services, WorkKind kind, int atOnce, Func<IServiceProvider, Lease, CancellationToken, Task> run) =>
        services.AddSingleton<IHostedService>(provider => new WorkLoop(
            new WorkDefinition(kind, atOnce, run),
            provider.GetRequiredService<IClaims>(),
            provider.GetRequiredService<Signals>(),
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<WorkMetrics>(),
            provider.GetRequiredService<DatabaseTime>(),
            provider.GetRequiredService<IOptions<WorkerOptions>>().Value.Lease,
            provider.GetRequiredService<ILogger<WorkLoop>>()));
}
