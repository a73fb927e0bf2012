using System.Diagnostics.Metrics;
using ChatGovernance.Infrastructure.Observability;

namespace ChatGovernance.Bot.Api;

/// <summary>Calls of the REST API.</summary>
internal sealed class ApiMetrics
{
    public const string MeterName = "ChatGovernance.Api";
    public const string Calls = "chatgovernance.api.call.duration";

    private readonly Histogram<double> calls;

    public ApiMetrics(IMeterFactory meters) => calls = meters.Create(MeterName).CreateDuration(Calls, "Time from the receipt of a call to its answer, by operation and status.");

    public void Count(string operation, int status, TimeSpan took) =>
        calls.Record(took.TotalSeconds, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("status", status));
}
