using Microsoft.AspNetCore.Http;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>What happens to a call instead of being passed on.</summary>
public abstract record ProxyEffect
{
    private protected ProxyEffect()
    {
    }

    /// <summary>The connection breaks; Keycloak sees nothing.</summary>
    public sealed record Drop : ProxyEffect;

    /// <summary>Answered here; Keycloak sees nothing.</summary>
    public sealed record Answer(int Status, string Body, string ContentType = "application/json") : ProxyEffect;

    /// <summary>Passed on after this time.</summary>
    public sealed record Delay(TimeSpan By) : ProxyEffect;

    /// <summary>Passed on once the fault ends.</summary>
    public sealed record Hold : ProxyEffect;

    /// <summary>Passed on and done; the connection breaks before the answer.</summary>
    public sealed record LoseAnswer : ProxyEffect;

    /// <summary>Passed on and done; answered once the fault ends.</summary>
    public sealed record HoldAnswer : ProxyEffect;
}

/// <summary>A fault that was set; disposing of it ends it and lets go of what it holds.</summary>
public sealed class ProxyFault : IDisposable
{
    private readonly KeycloakProxy proxy;
    private readonly ProxyEffect effect;
    private readonly Func<HttpRequest, bool> fits;
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int met;

    internal ProxyFault(KeycloakProxy proxy, ProxyEffect effect, Func<HttpRequest, bool> fits) =>
        (this.proxy, this.effect, this.fits) = (proxy, effect, fits);

    /// <summary>Ends when the first call has met it.</summary>
    public Task Reached => reached.Task;

    /// <summary>How many calls met it.</summary>
    public int Met => Volatile.Read(ref met);

    /// <summary>Ends when the first call that met it was done in Keycloak.</summary>
    public Task Done => done.Task;

    internal Task Released => released.Task;

    public void Dispose()
    {
        proxy.Remove(this);
        released.TrySetResult();
    }

    internal void WasDone() => done.TrySetResult();

    internal bool Fits(HttpRequest request) => fits(request);

    internal ProxyEffect Meet()
    {
        Interlocked.Increment(ref met);
        reached.TrySetResult();
        return effect;
    }
}
