using ChatGovernance.Core.Policies;

namespace ChatGovernance.Infrastructure.Policies;

/// <summary>The policy in memory. Readers take the reference; a change replaces it whole.</summary>
public sealed class CurrentPolicy : IPolicies
{
    private volatile Policy? current;

    /// <exception cref="InvalidOperationException">Nobody has looked yet: going on without would allow what may not be.</exception>
    public Policy Current => current ?? throw new InvalidOperationException("The policy has not been read.");

    /// <inheritdoc/>
    public void Replace(Policy policy) => current = policy;
}
