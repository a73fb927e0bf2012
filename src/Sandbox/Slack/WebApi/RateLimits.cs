namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary>
/// Slack's rates: a tier of calls a minute for each method and workspace, and a message a second for each channel with a
/// short burst (https://docs.slack.dev/apis/web-api/rate-limits).
/// </summary>
internal sealed class RateLimits(TimeProvider time)
{
    private const double PostsPerSecond = 1;
    private const double PostBurst = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (double Left, DateTimeOffset At)> _buckets = new(StringComparer.Ordinal);

    /// <summary>How long to wait, in whole seconds, or nothing when the call may go ahead.</summary>
    public int? Take(ApiMethod method, string? channel)
    {
        bool posting = method.Tier == RateTier.Posting;
        string key = posting ? $"{method.Name} {channel}" : method.Name;
        double size = posting ? PostBurst : (int)method.Tier;
        double perSecond = posting ? PostsPerSecond : (int)method.Tier / 60.0;
        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            (double left, DateTimeOffset at) = _buckets.GetValueOrDefault(key, (size, now));
            left = Math.Min(size, left + ((now - at).TotalSeconds * perSecond));
            bool allowed = left >= 1;
            _buckets[key] = (allowed ? left - 1 : left, now);
            return allowed ? null : (int)Math.Ceiling((1 - left) / perSecond);
        }
    }
}
