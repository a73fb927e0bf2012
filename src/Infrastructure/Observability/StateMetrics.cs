using System.Diagnostics.Metrics;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Scheduling;

namespace ChatGovernance.Infrastructure.Observability;

/// <summary>How things stand, asked for when it is collected. What comes from the database every replica tells alike.</summary>
internal sealed class StateMetrics
{
    public const string MeterName = "ChatGovernance.State";
    public const string Due = "chatgovernance.work.due";
    public const string Oldest = "chatgovernance.work.oldest";
    public const string OverdueEnds = "chatgovernance.ends.overdue";
    public const string LongestOverdueEnd = "chatgovernance.ends.overdue.longest";
    public const string CatalogAge = "chatgovernance.catalog.age";
    public const string ClockOffset = "chatgovernance.clock.offset";

    private readonly StoredStateReader stored;
    private readonly CurrentCatalog catalog;
    private readonly TimeProvider time;

    public StateMetrics(IMeterFactory meters, StoredStateReader stored, CurrentCatalog catalog, DatabaseTime clock, TimeProvider time)
    {
        (this.stored, this.catalog, this.time) = (stored, catalog, time);
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(Due, () => ByKind(backlog => backlog.Count), "{row}", "Rows whose work is due, by kind; also those that are being worked on.");
        meter.CreateObservableGauge(Oldest, () => ByKind(backlog => backlog.Longest.TotalSeconds), "s", "For how long the row is due that waits longest, by kind; 0 when none is.");
        meter.CreateObservableGauge(OverdueEnds, () => Ends(backlog => backlog.Count), "{grant}", "Grants whose end has come and is not confirmed yet.");
        meter.CreateObservableGauge(LongestOverdueEnd, () => Ends(backlog => backlog.Longest.TotalSeconds), "s", "How long ago the end came that is overdue longest; 0 when none is.");
        meter.CreateObservableGauge(CatalogAge, Age, "s", "How long ago the list of what can be requested was read; not told before it was read at all.");
        meter.CreateObservableGauge(ClockOffset, () => clock.Offset.TotalSeconds, "s", "How far the database's clock is ahead of this machine's; negative: behind.");
    }

    private IEnumerable<Measurement<T>> ByKind<T>(Func<Backlog, T> what)
        where T : struct =>
        stored.Read()?.Due.Select(due => new Measurement<T>(what(due.Value), new KeyValuePair<string, object?>("kind", due.Key.ToString()))) ?? [];

    private IEnumerable<Measurement<T>> Ends<T>(Func<Backlog, T> what)
        where T : struct =>
        stored.Read() is { } state ? [new Measurement<T>(what(state.OverdueEnds))] : [];

    private IEnumerable<Measurement<double>> Age() =>
        catalog.Current is var current && current.TakenAt > DateTimeOffset.MinValue ? [new((time.GetUtcNow() - current.TakenAt).TotalSeconds)] : [];
}
