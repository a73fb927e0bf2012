namespace ChatGovernance.Core.Approvals;

/// <summary>Names for people to read; who may decide is asked again at each vote.</summary>
public sealed record Approvers(IReadOnlyList<string> Asked, IReadOnlyList<string> Unreachable)
{
    public static readonly Approvers None = new([], []);
}
