using System.Diagnostics.Metrics;

namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>Connections that come and go, and what was not acknowledged.</summary>
internal sealed class SocketMetrics
{
    public const string Opened = "chatgovernance.slack.socket.opened";
    public const string Ended = "chatgovernance.slack.socket.ended";
    public const string Unacknowledged = "chatgovernance.slack.socket.unacknowledged";
    public const string Open = "chatgovernance.slack.socket.open";

    /// <summary>Where frames are counted that are of no kind.</summary>
    public const string Kind = "slack/socket";

    private readonly Counter<long> opened;
    private readonly Counter<long> ended;
    private readonly Counter<long> unacknowledged;

    public SocketMetrics(IMeterFactory meters, SocketState state)
    {
        var meter = meters.Create(SlackMetrics.MeterName);
        opened = meter.CreateCounter<long>(Opened, "{connection}", "Connections of Socket Mode that Slack has greeted.");
        ended = meter.CreateCounter<long>(Ended, "{connection}", "Connections of Socket Mode that ended, by why.");
        unacknowledged = meter.CreateCounter<long>(Unacknowledged, "{envelope}", "Envelopes that were not acknowledged, by why.");
        meter.CreateObservableGauge(Open, () => (long)state.Open, "{connection}", "Connections of Socket Mode that are open.");
    }

    public void CountOpened() => opened.Add(1);

    public void CountEnded(SocketEnd why) => ended.Add(1, new KeyValuePair<string, object?>("why", Name(why)));

    /// <param name="why"><c>not-stored</c>, <c>malformed</c>, or <c>lost</c> where the connection was gone first.</param>
    public void CountUnacknowledged(string kind, string why) => unacknowledged.Add(1, new("kind", kind), new("why", why));

    public static string Name(SocketEnd why) => why switch
    {
        SocketEnd.Lost => "lost",
        SocketEnd.Closed => "closed",
        SocketEnd.Warned => "warning",
        SocketEnd.Refreshed => "refresh",
        SocketEnd.Disabled => "link-disabled",
        SocketEnd.Stopped => "stopped",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>Why a connection ended.</summary>
internal enum SocketEnd
{
    /// <summary>The network, or nothing was heard any more.</summary>
    Lost,

    /// <summary>By Slack, without a word before.</summary>
    Closed,

    /// <summary>Slack said that it would.</summary>
    Warned,

    /// <summary>Slack asked for a fresh one.</summary>
    Refreshed,

    /// <summary>Socket Mode was switched off.</summary>
    Disabled,

    /// <summary>By us.</summary>
    Stopped,
}
