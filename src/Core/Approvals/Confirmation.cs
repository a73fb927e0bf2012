using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Approvals;

/// <summary>A fresh login that stands behind a vote.</summary>
/// <param name="Person">Who logged in: the vote counts for nobody else.</param>
public sealed record Confirmation(PersonId Person, DateTimeOffset At);
