using System.Diagnostics.Metrics;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Infrastructure.Observability;

namespace ChatGovernance.Bot.Slack;

/// <summary>What came in and was not taken; what went out and was not done.</summary>
internal sealed class SlackMetrics
{
    public const string MeterName = "ChatGovernance.Slack";
    public const string Refused = "chatgovernance.slack.refused";
    public const string Ignored = "chatgovernance.slack.ignored";

    public const string Calls = "chatgovernance.slack.calls.failed";
    public const string CallDuration = "chatgovernance.slack.call.duration";
    public const string Acknowledgements = "chatgovernance.slack.acknowledgement.duration";

    private readonly Counter<long> calls;
    private readonly Histogram<double> durations;
    private readonly Histogram<double> acknowledgements;
    private readonly Counter<long> refused;
    private readonly Counter<long> ignored;

    public SlackMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        refused = meter.CreateCounter<long>(Refused, "{delivery}", "Deliveries that were refused, by reason.");
        calls = meter.CreateCounter<long>(Calls, "{call}", "Calls of the Web API that were not done, by method and why.");
        durations = meter.CreateDuration(CallDuration, "How long calls of the Web API took, by method and what came of them.");
        acknowledgements = meter.CreateDuration(Acknowledgements, "From the receipt of what Slack delivers to the answer written, by kind and answer.");
        ignored = meter.CreateCounter<long>(Ignored, "{delivery}", "Deliveries that were answered and need nothing done.");
    }

    public void CountRefused(string kind, RefusedFor reason) =>
        refused.Add(1, new("kind", kind), new("reason", reason.Word()));

    public void CountIgnored(string kind) => ignored.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void CountAcknowledgement(string kind, Acknowledged answer, TimeSpan took) =>
        acknowledgements.Record(took.TotalSeconds, new("kind", kind), new("answer", answer.ToString()));

    public void CountCall(string method, string result, TimeSpan took) => durations.Record(took.TotalSeconds, new("method", method), new("result", result));

    /// <param name="why">Slack's error code, or one of our words; nothing personal.</param>
    public void CountFailedCall(string method, string why) => calls.Add(1, new("method", method), new("why", why));
}
