using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ChatGovernance.Bot.Slack;

namespace ChatGovernance.Bot.Tests.Slack;

/// <summary>Listens to the counters of one bot.</summary>
internal sealed class CountedMeasurements : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> counts = new();

    public CountedMeasurements(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == SlackMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counts.AddOrUpdate($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}", value, (_, before) => before + value));
        listener.Start();
    }

    public long Refused(string kind, string reason) => counts.GetValueOrDefault($"{SlackMetrics.Refused} {kind} {reason}");

    public long Ignored(string kind) => counts.GetValueOrDefault($"{SlackMetrics.Ignored} {kind}");

    public void Dispose() => listener.Dispose();
}
