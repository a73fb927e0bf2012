using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Benchmarks.Stand;

/// <summary>The app in benchmarks/bolt.</summary>
internal static class BoltApp
{
    private static readonly string folder = Path.Combine(RepositoryFolder.Path, "benchmarks", "bolt");

    public static Task<MeasuredProcess> Start(SlackWorkspace workspace, CancellationToken ct) => MeasuredProcess.Start(
        [.. Cores.First, "node", Path.Combine(folder, "app.mjs")],
        new Dictionary<string, string>
        {
            ["NODE_ENV"] = "production",
            ["SLACK_BOT_TOKEN"] = workspace.BotToken,
            ["SLACK_SIGNING_SECRET"] = workspace.SigningSecret,
            ["SLACK_API_URL"] = workspace.ApiUrl.ToString(),
        },
        ct);
}
