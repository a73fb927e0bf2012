namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Tests that measure how fast the bot is: nothing else of this project runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
