using ChatGovernance.TestSupport.Keycloak;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>A bot on both platforms: the sandbox's workspace, and a tenant on loopback.</summary>
public class TeamsDeployment : Deployment
{
    public TeamsTenant Tenant { get; private set; } = null!;

    public override Dictionary<string, string> Settings
    {
        get
        {
            var settings = base.Settings;
            foreach (var (key, value) in Tenant.Settings)
                settings[key] = value;
            return settings;
        }
    }

    public override async Task Start(string realmFile, CancellationToken ct)
    {
        Tenant ??= await TeamsTenant.Start(ct);
        await base.Start(realmFile, ct);
        Tenant.BotUrl = Bot.Url;
    }

    public TeamsPerson TeamsPerson(string name) => Tenant.Person(name);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        if (Tenant is not null)
            await Tenant.DisposeAsync();
    }
}

/// <summary>Teams alone, with the sandbox's realm.</summary>
public sealed class TeamsAloneDeployment : TeamsDeployment
{
    protected override RealmKind Realms => RealmKind.Sandbox;

    public override Dictionary<string, string> Settings => new(base.Settings.Where(setting => !setting.Key.StartsWith("Slack:", StringComparison.Ordinal)));
}

/// <summary>Both platforms, with the sandbox's realm.</summary>
public sealed class SandboxTeamsDeployment : TeamsDeployment
{
    protected override RealmKind Realms => RealmKind.Sandbox;
}

/// <summary>The same with leases that come free soon after a replica has died.</summary>
public sealed class ShortLeaseTeamsDeployment : TeamsDeployment
{
    protected override RealmKind Realms => RealmKind.Sandbox;

    public override Dictionary<string, string> Settings => new(base.Settings) { ["Workers:Lease"] = "00:00:15" };
}
