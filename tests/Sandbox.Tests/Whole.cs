namespace ChatGovernance.Sandbox.Tests;

/// <summary>
/// Tests of the whole sandbox: workspace, realm, the bot as it ships, and a browser. Slack waits three seconds for an answer, and so does
/// the workspace: on a small machine they run one after another, with nothing beside them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Whole
{
    public const string Name = "whole";
}
