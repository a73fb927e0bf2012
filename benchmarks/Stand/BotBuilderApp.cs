using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.Benchmarks.Stand;

/// <summary>The bot in benchmarks/botbuilder.</summary>
internal static class BotBuilderApp
{
    private static readonly string folder = Path.Combine(RepositoryFolder.Path, "benchmarks", "botbuilder");

    public static Task<MeasuredProcess> Start(TeamsTenant tenant, CancellationToken ct) => MeasuredProcess.Start(
        [.. Cores.First, "node", Path.Combine(folder, "app.mjs")],
        new Dictionary<string, string>
        {
            ["NODE_ENV"] = "production",
            ["APP_ID"] = TeamsTenant.AppId,
            ["APP_PASSWORD"] = TeamsTenant.AppPassword,
            ["TENANT_ID"] = TeamsTenant.TenantId,
            ["OPENID_METADATA_URL"] = tenant.Settings["Teams:OpenIdMetadataUrl"],
        },
        ct);
}
