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

    /// <summary>Who is in the tenant.</summary>
    protected virtual IReadOnlyList<TeamsUser> People => TeamsUser.Everybody;

    public override async Task Start(string realmFile, CancellationToken ct)
    {
        Tenant ??= await TeamsTenant.Start(People, ct);
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
public class TeamsAloneDeployment : TeamsDeployment
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

/// <summary>A tenant in which some are guests, and one comes from another tenant.</summary>
public sealed class GuestTeamsDeployment : TeamsAloneDeployment
{
    protected override IReadOnlyList<TeamsUser> People => [.. TeamsUser.Everybody.Select(user => user.Name switch
    {
        "carol" or "erin" => user with { Role = "guest" },
        "frank" => user with { Tenant = "88888888-8888-4888-8888-888888888888" },
        _ => user,
    })];
}

/// <summary>A tenant with many people.</summary>
public sealed class CrowdTeamsDeployment : TeamsAloneDeployment
{
    /// <summary>One more than the clients that Teams can be asked to refresh a card for.</summary>
    public static IReadOnlyList<TeamsUser> Crowd { get; } = [.. Enumerable.Range(1, 61).Select(number => TeamsUser.Number(100 + number, $"crowd-{number}", $"Crowd {number}"))];

    protected override IReadOnlyList<TeamsUser> People => [.. TeamsUser.Everybody, .. Crowd];
}
