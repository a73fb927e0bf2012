using ChatGovernance.Core.Health;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Infrastructure.Policies;

internal sealed class ExaminePolicy(IPolicyFile file) : IExaminer
{
    private const string Name = "policy file";

    public string Part => "Policy";

    public async Task<IReadOnlyList<Check>> Examine(CancellationToken ct)
    {
        if (!file.IsSet)
            return [Check.Ok(Name, "None is set: what groups and roles carry is all.")];
        return await file.Read(ct) switch
        {
            PolicyReading.Good good => [Check.Ok(Name, $"It can be used (version {good.Policy.Version}).")],
            PolicyReading.Bad bad => [Check.Failed(Name, string.Join(" ", bad.Problems), "Correct Policy:File: it is read again by itself. Until then the last good one holds.")],
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
