using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Work;

/// <summary>How rows of a kind are worked on.</summary>
/// <param name="AtOnce">How many in this process at one time.</param>
/// <param name="Run">Does what one row asks for; throws only for bugs and for a database that is away.</param>
internal sealed record WorkDefinition(WorkKind Kind, int AtOnce, Func<IServiceProvider, Lease, CancellationToken, Task> Run);
