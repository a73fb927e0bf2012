using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ChatGovernance.Bot.Slack;

namespace ChatGovernance.Bot.Tests.Slack;

/// <summary>Listens to the counters of one bot.</summary>
internal sealed class CountedMeasurements : IDisposable
{
    /// <summary>Far more than anything takes on a busy machine; what comes is not waited for any longer.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    private readonly MeterListener listener = new();
    private readonly SemaphoreSlim changed = new(0);
    private readonly ConcurrentDictionary<string, long> counts = new();

    public CountedMeasurements(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == SlackMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            counts.AddOrUpdate($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}", value, (_, before) => before + value);
            changed.Release();
        });
        listener.Start();
    }

    public long Refused(string kind, string reason) => counts.GetValueOrDefault($"{SlackMetrics.Refused} {kind} {reason}");

    public long Ignored(string kind) => counts.GetValueOrDefault($"{SlackMetrics.Ignored} {kind}");

    /// <summary>Of any counter, by the values of its tags.</summary>
    public long Of(string name, string tags = "") => counts.GetValueOrDefault($"{name} {tags}");

    /// <summary>Ends when a counter has come so far; for one that waits.</summary>
    public async Task Until(string name, string tags, long count, CancellationToken ct)
    {
        while (Of(name, tags) < count)
            (await changed.WaitAsync(patience, ct)).ShouldBeTrue($"{name} {tags} has come to {Of(name, tags)}");
    }

    public void Dispose()
    {
        listener.Dispose();
        changed.Dispose();
    }
}
