using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.Benchmarks.Stand;

/// <summary>The bot with a realm of its own on a real Keycloak; both may use the whole machine.</summary>
/// <param name="recorded">What it calls passes through the proxy.</param>
internal sealed class RealDeployment(bool recorded) : Deployment
{
    public override Dictionary<string, string> Settings => new(base.Settings)
    {
        ["Keycloak:Url"] = (recorded ? Proxy.Url : Realm.Server).ToString(),
        ["Keycloak:CatalogRefresh"] = "01:00:00", // nothing but what is measured
    };

    protected override IReadOnlyList<string> Under => Cores.All;
}
