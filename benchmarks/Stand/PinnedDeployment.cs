using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Keycloak;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.Benchmarks.Stand;

/// <summary>The bot on one core, with the sandbox's realm and workspace, which cost it no more than a real one's answers would.</summary>
/// <param name="works">It also does the work that it takes; else it is a replica that only answers (<c>Workers:Enabled</c>).</param>
internal sealed class PinnedDeployment(bool works) : Deployment
{
    public override Dictionary<string, string> Settings => new([.. base.Settings, .. Tenant?.Settings ?? []])
    {
        ["Keycloak:CatalogRefresh"] = "01:00:00",
        ["Workers:Enabled"] = works ? "true" : "false",
        ["Keycloak:PublicUrl"] = TakesCalls ? Realm.Server.ToString() : Proxy.Url.ToString(),
        ["Api:CallsPerMinute"] = "60000",
    };

    /// <summary>It is on Teams, too, in this tenant.</summary>
    public TeamsTenant? Tenant { get; init; }

    /// <summary>Tokens name the realm as it calls itself.</summary>
    public bool TakesCalls { get; init; }

    /// <summary>Empties what deliveries have left, so that their work does not meet what is measured next.</summary>
    public Task ForgetDeliveries(CancellationToken ct) => Audit.Tamper("TRUNCATE inbox, notes, cards", ct);

    protected override RealmKind Realms => RealmKind.Sandbox;

    protected override IReadOnlyList<string> Under => Cores.First;
}
