namespace ChatGovernance.Sandbox.Slack;

/// <summary>A slash command as an app's manifest declares it.</summary>
/// <param name="Name">With its slash.</param>
/// <param name="Description">What people read beside it.</param>
/// <param name="UsageHint">What may follow it.</param>
public sealed record SlackCommand(string Name, string Description, string UsageHint);
