using System.Diagnostics.Metrics;

namespace ChatGovernance.Infrastructure.Observability;

/// <summary>Lengths of time, all measured alike.</summary>
public static class Durations
{
    /// <summary>Seconds: fine where people wait (Slack gives up after 3), coarse where a time-out ends it.</summary>
    private static readonly InstrumentAdvice<double> advice = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30],
    };

    public static Histogram<double> CreateDuration(this Meter meter, string name, string description) =>
        meter.CreateHistogram(name, "s", description, tags: null, advice);
}
