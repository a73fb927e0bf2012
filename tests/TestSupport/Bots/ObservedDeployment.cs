using ChatGovernance.TestSupport.Persistence;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>A deployment that exports what it does, to a collector of its own.</summary>
public sealed class ObservedDeployment : Deployment
{
    public OtlpCollector Collector { get; private set; } = null!;

    public override Dictionary<string, string> Settings => new(base.Settings)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Collector.Url.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        // Soon and often, so that a test need not wait for what is sent each minute otherwise.
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
    };

    protected override async Task<TestStore> CreateStore(CancellationToken ct)
    {
        Collector = await OtlpCollector.Start(ct);
        return await base.CreateStore(ct);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Collector is not null)
            await Collector.DisposeAsync();
    }
}
