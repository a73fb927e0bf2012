using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>What a killed process had claimed comes free after 15 s: no test waits a minute for it.</summary>
public sealed class ShortLeaseDeployment : Deployment
{
    public override Dictionary<string, string> Settings => new(base.Settings) { ["Workers:Lease"] = "00:00:15" };
}
