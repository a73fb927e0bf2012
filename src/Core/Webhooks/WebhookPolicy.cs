using System.Diagnostics;

namespace ChatGovernance.Core.Webhooks;

/// <summary>What follows from a try to deliver an event.</summary>
public static class WebhookPolicy
{
    /// <summary>An event is tried for so long after it happened, or was made due again, and once in any case.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>Between two tries, where the receiver does not ask for more.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    /// <summary>A receiver that asks for more is tried again after this all the same.</summary>
    public static readonly TimeSpan LongestAskedWait = TimeSpan.FromHours(1);

    /// <summary>So long what was given up is kept: it is told of, and can be sent again.</summary>
    public static readonly TimeSpan DeadKept = TimeSpan.FromDays(30);

    /// <summary>A receiver that is not set up here may be in other replicas, which are being started or about to stop.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromHours(1);

    public const string Expired = "expired";
    public const string Gone = "gone";
    public const string NotConfigured = "not-configured";

    private static readonly TimeSpan firstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan betweenLooks = TimeSpan.FromMinutes(1);

    /// <summary>The event after a try; where it is neither delivered nor dead, when it is tried again.</summary>
    /// <param name="jitter">From 0 to 1: of a wait up to a quarter is left out, so that what failed together comes back apart.</param>
    public static (PendingWebhook After, DateTimeOffset? Again) Follow(PendingWebhook pending, Posted posted, DateTimeOffset now, double jitter)
    {
        var end = pending.Since + Lifetime;
        var tried = posted switch
        {
            Posted.NotTaken refused => pending with { Failures = pending.Failures + 1, Answer = refused.Code },
            Posted.Gone gone => pending with { Answer = gone.Code },
            Posted.Taken or Posted.Resting or Posted.Unknown => pending,
            _ => throw new UnreachableException(),
        };
        return posted switch
        {
            Posted.Taken => (tried with { IsDelivered = true }, null),
            Posted.Gone => (tried with { Dead = Gone }, null),
            Posted.Unknown when now >= pending.Since + Settling => (tried with { Dead = NotConfigured }, null),
            _ when now >= end => (tried with { Dead = Expired }, null),
            Posted.NotTaken refused => (tried, Earlier(end, now + Wait(refused, pending.Failures, jitter))),
            Posted.Resting resting => (tried, Earlier(end, resting.Until)),
            Posted.Unknown => (tried, now + betweenLooks),
            _ => throw new UnreachableException(),
        };
    }

    private static TimeSpan Wait(Posted.NotTaken refused, int failures, double jitter)
    {
        var seconds = Math.Min(LongestWait.TotalSeconds, firstWait.TotalSeconds * Math.Pow(2, Math.Min(failures, 20)));
        var wait = TimeSpan.FromSeconds(seconds * (1 - (0.25 * jitter)));
        return refused.Wait > wait ? refused.Wait.Value < LongestAskedWait ? refused.Wait.Value : LongestAskedWait : wait;
    }

    /// <summary>The last try is made when the time is over, not half an hour before.</summary>
    private static DateTimeOffset Earlier(DateTimeOffset end, DateTimeOffset at) => at < end ? at : end;
}
