using System.Diagnostics.Metrics;

namespace ChatGovernance.Bot.Slack;

/// <summary>What came in and was not taken; what went out and was not done.</summary>
internal sealed class SlackMetrics
{
    public const string MeterName = "ChatGovernance.Slack";
    public const string Refused = "chatgovernance.slack.refused";
    public const string Ignored = "chatgovernance.slack.ignored";

    public const string Calls = "chatgovernance.slack.calls.failed";

    private readonly Counter<long> calls;
    private readonly Counter<long> refused;
    private readonly Counter<long> ignored;

    public SlackMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        refused = meter.CreateCounter<long>(Refused, "{delivery}", "Deliveries that were refused, by reason.");
        calls = meter.CreateCounter<long>(Calls, "{call}", "Calls of the Web API that were not done, by method and why.");
        ignored = meter.CreateCounter<long>(Ignored, "{delivery}", "Deliveries that were answered and need nothing done.");
    }

    public void CountRefused(string kind, RefusedFor reason) =>
        refused.Add(1, new("kind", kind), new("reason", Name(reason)));

    public void CountIgnored(string kind) => ignored.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <param name="why">Slack's error code, or one of our words; nothing personal.</param>
    public void CountFailedCall(string method, string why) => calls.Add(1, new("method", method), new("why", why));

    private static string Name(RefusedFor reason) => reason switch
    {
        RefusedFor.Unsigned => "unsigned",
        RefusedFor.Forged => "forged",
        RefusedFor.OutsideWindow => "outside-window",
        RefusedFor.Oversized => "oversized",
        RefusedFor.Malformed => "malformed",
        RefusedFor.NotStored => "not-stored",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

internal enum RefusedFor
{
    /// <summary>No signature or no timestamp that could be one.</summary>
    Unsigned,

    Forged,

    OutsideWindow,

    Oversized,

    Malformed,

    /// <summary>Ours to blame: the database did not take it.</summary>
    NotStored,
}
