using ChatGovernance.Core.Health;
using ChatGovernance.Core.Policies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.Infrastructure.Policies;

public static class PolicyRegistration
{
    /// <summary>After the stores, which it needs, and before everything that decides.</summary>
    public static IServiceCollection AddPolicies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PolicyOptions>().Bind(configuration.GetSection(PolicyOptions.Section));
        services.AddSingleton<CurrentPolicy>();
        services.AddSingleton<IPolicies>(provider => provider.GetRequiredService<CurrentPolicy>());
        services.AddSingleton<IPolicyFile, PolicyFile>();
        services.AddScoped<FollowPolicy>();
        services.AddScoped<IExaminer, ExaminePolicy>();
        services.AddHostedService<PolicyLoop>();
        return services;
    }
}
