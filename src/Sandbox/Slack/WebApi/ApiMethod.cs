using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary>A method of the Web API.</summary>
/// <param name="Name">As in the URL.</param>
/// <param name="Tier">Calls a minute (https://docs.slack.dev/apis/web-api/rate-limits).</param>
/// <param name="TakesJson">
/// Whether arguments may come as JSON: the methods that write take it, those that read take forms and queries alone
/// (https://docs.slack.dev/apis/web-api#methods_supporting_json).
/// </param>
/// <param name="Required">Arguments without which the call is refused.</param>
/// <param name="Handle">Runs under the workspace's lock.</param>
internal sealed record ApiMethod(
    string Name, RateTier Tier, bool TakesJson, string[] Required, Func<WorkspaceState, ApiArguments, ApiAnswer> Handle)
{
    /// <summary>Takes an app-level token (<c>xapp-</c>) and no other; the others take the bot's.</summary>
    public bool IsOfApp { get; init; }
}

/// <summary>Calls a minute for each method and workspace; <see cref="Posting"/> is a call a second for each channel.</summary>
internal enum RateTier
{
    Tier2 = 20,
    Tier3 = 50,
    Tier4 = 100,
    Posting = 0,
    Special = 600,
}
