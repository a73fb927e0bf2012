using System.Diagnostics.Metrics;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Infrastructure.Observability;

namespace ChatGovernance.Bot.Teams;

/// <summary>What came in and was not taken; what went out and was not done.</summary>
internal sealed class TeamsMetrics
{
    public const string MeterName = "ChatGovernance.Teams";
    public const string Refused = "chatgovernance.teams.refused";
    public const string Ignored = "chatgovernance.teams.ignored";

    public const string Calls = "chatgovernance.teams.calls.failed";
    public const string CallDuration = "chatgovernance.teams.call.duration";
    public const string Acknowledgements = "chatgovernance.teams.acknowledgement.duration";

    private readonly Counter<long> calls;
    private readonly Histogram<double> durations;
    private readonly Histogram<double> acknowledgements;
    private readonly Counter<long> refused;
    private readonly Counter<long> ignored;

    public TeamsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        refused = meter.CreateCounter<long>(Refused, "{delivery}", "Deliveries that were refused, by reason.");
        calls = meter.CreateCounter<long>(Calls, "{call}", "Calls of the Bot Connector that were not done, by call and why.");
        durations = meter.CreateDuration(CallDuration, "How long calls of the Bot Connector took, by call and what came of them.");
        acknowledgements = meter.CreateDuration(Acknowledgements, "From the receipt of what Teams delivers to the answer written, by kind and answer.");
        ignored = meter.CreateCounter<long>(Ignored, "{delivery}", "Deliveries that were answered and need nothing done.");
    }

    public void CountRefused(string kind, RefusedFor reason) =>
        refused.Add(1, new("kind", kind), new("reason", reason.Word()));

    public void CountIgnored(string kind) => ignored.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void CountAcknowledgement(string kind, Acknowledged answer, TimeSpan took) =>
        acknowledgements.Record(took.TotalSeconds, new("kind", kind), new("answer", answer.ToString()));

    public void CountCall(string call, string result, TimeSpan took) => durations.Record(took.TotalSeconds, new("call", call), new("result", result));

    /// <param name="why">The status and the platform's code, or one of our words; nothing personal.</param>
    public void CountFailedCall(string call, string why) => calls.Add(1, new("call", call), new("why", why));
}
