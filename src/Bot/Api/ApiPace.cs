using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Api;

/// <summary>How often one caller may call one replica: a bucket that holds a minute's calls and fills all the time.</summary>
internal sealed class ApiPace : IDisposable
{
    private static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<string> limiter;

    public ApiPace(IOptions<ApiOptions> options)
    {
        var perMinute = options.Value.CallsPerMinute;
        limiter = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            ReplenishmentPeriod = perMinute >= 60 ? second : second * 60 / perMinute,
            QueueLimit = 0,
        }));
    }

    /// <returns>Null: go on; else how long to wait.</returns>
    public TimeSpan? Take(string caller)
    {
        using var lease = limiter.AttemptAcquire(caller);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : second;
    }

    public void Dispose() => limiter.Dispose();
}
