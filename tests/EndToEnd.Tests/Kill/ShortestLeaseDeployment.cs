using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Kill;

/// <summary>What a killed process had claimed comes free after 5 s: nobody waits a minute for each kill.</summary>
public class ShortestLeaseDeployment : Deployment
{
    public override Dictionary<string, string> Settings => new(base.Settings) { ["Workers:Lease"] = "00:00:05", ["Keycloak:CallTimeout"] = "00:00:03" };
}
