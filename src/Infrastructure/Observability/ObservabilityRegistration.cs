using System.Reflection;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ChatGovernance.Infrastructure.Observability;

public static class ObservabilityRegistration
{
    /// <summary>Where metrics, traces and logs go; unset: nowhere.</summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>All meters of this program.</summary>
    private const string Meters = "ChatGovernance.*";

    /// <summary>
    /// Exports by OTLP when <see cref="EndpointKey"/> is set; the other <c>OTEL_</c> settings are the SDK's own
    /// (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables). Without it nothing listens.
    /// </summary>
    public static void AddObservability(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointKey]))
            return;

        builder.Services.AddSingleton(services => Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(inner => inner.AddSingleton<IConfiguration>(services.GetRequiredService<IConfiguration>()))
            .SetResourceBuilder(Resource())
            .AddSource(Traces.SourceName)
            .AddOtlpExporter()
            .Build());
        builder.Services.AddSingleton(services => Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(inner => inner.AddSingleton<IConfiguration>(services.GetRequiredService<IConfiguration>()))
            .SetResourceBuilder(Resource())
            .AddMeter(Meters)
            .AddOtlpExporter()
            .Build());
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(Resource());
            logs.AddOtlpExporter();
        });
        builder.Services.AddHostedService<ExportTelemetry>();
    }

    /// <summary>The instruments that no other module brings.</summary>
    internal static IServiceCollection AddOutcomeMetrics(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<OutcomeMetrics>()
        .AddSingleton<EfCommits>()
        .AddSingleton<ICommits>(provider => new ObservedCommits(provider.GetRequiredService<EfCommits>(), provider.GetRequiredService<OutcomeMetrics>()));

    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService("chatgovernance", serviceVersion: Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector(); // last: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word
}
