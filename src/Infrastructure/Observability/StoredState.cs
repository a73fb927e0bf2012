using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Observability;

/// <summary>What waits in the database.</summary>
internal sealed record StoredState(IReadOnlyDictionary<WorkKind, Backlog> Due, Backlog OverdueEnds);

/// <param name="Longest">How long the one that has waited longest is due; zero when there is none.</param>
internal readonly record struct Backlog(long Count, TimeSpan Longest);
