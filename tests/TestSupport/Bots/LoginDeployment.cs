using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>A bot with pages of its own, at which people log in to Keycloak.</summary>
public class LoginDeployment : Deployment
{
    public override Dictionary<string, string> Settings => new(base.Settings)
    {
        ["PublicUrl"] = BotProcess.OwnUrl,
        ["Keycloak:PublicUrl"] = Realm.Server.ToString(),
        ["Access:AdministratorGroup"] = "/approvers",
    };
}

/// <summary>The same with the sandbox's realm.</summary>
public sealed class SandboxLoginDeployment : LoginDeployment
{
    protected override RealmKind Realms => RealmKind.Sandbox;
}
