namespace ChatGovernance.Bot.Cli;

/// <summary>What every command returns.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It ran, and found something.</summary>
    public const int Found = 1;

    public const int CouldNotRun = 2;
}
