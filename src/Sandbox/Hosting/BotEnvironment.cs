using ChatGovernance.Sandbox.Slack;

namespace ChatGovernance.Sandbox.Hosting;

/// <summary>What an operator would set.</summary>
internal static class BotEnvironment
{
    public static Dictionary<string, string> For(SandboxSettings settings, SlackWorkspace workspace, Uri keycloak, string folder) => new()
    {
        ["ConnectionStrings__ChatGovernance"] = $"Data Source={Path.Combine(folder, "chatgovernance.db")}",
        ["Keycloak__Url"] = keycloak.ToString(),
        ["Keycloak__Realm"] = settings.Realm,
        ["Keycloak__ClientId"] = settings.ClientId,
        ["Keycloak__ClientSecret"] = settings.ClientSecret,
        ["Keycloak__CatalogRefresh"] = "00:00:05",
        ["Slack__BotToken"] = workspace.BotToken,
        ["Slack__SigningSecret"] = workspace.SigningSecret,
        ["Slack__ApiUrl"] = workspace.ApiUrl.ToString(),
        ["Slack__AuditChannel"] = "#access-audit",
        ["PublicUrl"] = BotProcess.OwnUrl,
        ["Access__AdministratorGroup"] = "/security",
        ["Access__SecurityGroup"] = "/security",
    };
}
