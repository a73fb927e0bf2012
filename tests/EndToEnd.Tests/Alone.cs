namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Tests that measure how fast the bot is, or that take the whole machine: nothing else of this project runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
