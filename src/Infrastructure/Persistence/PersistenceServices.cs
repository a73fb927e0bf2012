using ChatGovernance.Infrastructure.Conversations;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Audit;
using ChatGovernance.Infrastructure.Observability;
using ChatGovernance.Infrastructure.Persistence.Claims;
using ChatGovernance.Infrastructure.Persistence.Start;
using ChatGovernance.Infrastructure.Persistence.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Persistence;

public static class PersistenceServices
{
    /// <summary>
    /// Every store, claims, the audit's verification, the clock (<see cref="TimeProvider"/> is <see cref="DatabaseTime"/>
    /// unless one is there already) and the health check <c>database</c>. Needs an <see cref="Core.Audit.IAuditMirror"/>, an
    /// <see cref="IWebhookOutbox"/> and an <see cref="IWake"/>.
    /// </summary>
    public static IServiceCollection AddPersistence(this IServiceCollection services, IConfiguration configuration)
    {
        var read = new ReadDatabaseOptions(configuration);
        services.AddSingleton<IConfigureOptions<DatabaseOptions>>(read);
        services.AddSingleton<IValidateOptions<DatabaseOptions>>(read);
        services.AddOptions<DatabaseOptions>().ValidateOnStart();

        services.AddSingleton<IDbContextFactory<GovernanceContext>>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;
            return new Contexts(options.Provider, options.ConnectionString);
        });
        services.AddSingleton(_ => new DatabaseTime(TimeProvider.System));
        services.TryAddSingleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseTime>());

        services.AddOutcomeMetrics();
        services.AddSingleton<IInbox, EfInbox>();
        services.AddSingleton<IRequests, EfRequests>();
        services.AddSingleton<IEntitlements, EfEntitlements>();
        services.AddSingleton<ICards, EfCards>();
        services.AddSingleton<INotes, EfNotes>();
        services.AddSingleton<IMatches, EfMatches>();
        services.AddSingleton<ILinks, EfLinks>();
        services.AddSingleton<ILogins, EfLogins>();
        services.AddSingleton<ILoginOffers, EfOffers>();
        services.AddSingleton<ILoginChanges, EfLoginChanges>();
        services.AddSingleton<IReplies, EfReplies>();
        services.AddSingleton<IHistory, EfHistory>();
        services.AddSingleton<IWebhooks, EfWebhooks>();
        services.AddSingleton<IConversations, EfConversations>();
        services.AddSingleton<IDeployment, EfDeployment>();
        services.AddSingleton<IOverview, EfOverview>();
        services.AddSingleton<ICatalogStore, EfCatalogStore>();
        services.AddSingleton<IClaims, EfClaims>();
        services.AddSingleton(provider => new AuditVerifier(provider.GetRequiredService<IDbContextFactory<GovernanceContext>>()));

        services.AddSingleton(provider => new AuditExport(provider.GetRequiredService<IDbContextFactory<GovernanceContext>>(), provider.GetRequiredService<TimeProvider>()));

        services.AddHostedService<MigrateAtStart>();
        services.AddHostedService<MeasureDatabaseTime>();
        services.AddScoped<Core.Health.IExaminer, ExamineDatabase>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>(DatabaseHealth.Name, tags: ["ready"]);
        return services;
    }
}
