using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Approvals;

/// <summary>Names for people to read, and the accounts that were asked; who may decide is asked again at each vote.</summary>
public sealed record Approvers(IReadOnlyList<string> Asked, IReadOnlyList<string> Unreachable)
{
    public static readonly Approvers None = new([], []);

    /// <summary>Of those who were asked. Empty also in what an earlier version stored.</summary>
    public IReadOnlyList<ChatAccount> Accounts { get; init; } = [];

    /// <summary>Their people.</summary>
    public IReadOnlyList<PersonId> People { get; init; } = [];
}
