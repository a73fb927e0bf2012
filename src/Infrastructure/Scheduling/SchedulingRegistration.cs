using ChatGovernance.Core.Health;
using ChatGovernance.Core.Policies;
using ChatGovernance.Infrastructure.Audit;
using ChatGovernance.Infrastructure.Observability;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.Infrastructure.Scheduling;

public static class SchedulingRegistration
{
    /// <summary>Everything that happens by the clock and not by a row, in one place.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CatalogOptions>()
            .Bind(configuration.GetSection("Keycloak"))
            .Validate(options => options.CatalogRefresh >= TimeSpan.FromSeconds(1) && options.CatalogRefresh <= TimeSpan.FromDays(1), "Keycloak:CatalogRefresh must be between 00:00:01 and 1.00:00:00.")
            .ValidateOnStart();
        services.AddSingleton<CurrentCatalog>();
        services.AddSingleton<ICatalog>(provider => provider.GetRequiredService<CurrentCatalog>());
        services.AddHostedService<CatalogLoop>();
        services.AddSingleton<DirectoryHints>();
        services.AddHostedService<DirectoryLoop>();
        services.AddHostedService<RetentionLoop>();
        services.AddOptions<AnchorOptions>().Bind(configuration.GetSection("Audit"));
        services.AddHostedService<AnchorLoop>();
        if (!string.IsNullOrEmpty(configuration["Audit:AnchorFile"]))
            services.AddScoped<IExaminer, ExamineAnchors>();
        services.AddMetrics();
        services.AddSingleton<StoredStateReader>();
        services.AddSingleton<StateMetrics>();
        services.AddHealthChecks().AddCheck<CatalogHealth>("catalog", tags: ["ready"]);
        return services;
    }
}
