namespace ChatGovernance.Core.Directory;

/// <summary>What came back when a change was sent. Only a read-back says what is true now.</summary>
public abstract record DirectoryChange
{
    private protected DirectoryChange()
    {
    }

    public sealed record Accepted : DirectoryChange;

    /// <summary>The directory answered that it did not make the change.</summary>
    public sealed record Rejected(Doubt Why) : DirectoryChange;

    /// <summary>No answer, or one (409, 5xx) that leaves open whether the change was made.</summary>
    public sealed record Uncertain(Doubt Why) : DirectoryChange;
}

/// <summary>The newest admin event about one person and one target.</summary>
/// <param name="Added">True when it gave the target, false when it took it away.</param>
/// <param name="ByUs">Made by our own service account.</param>
public sealed record LastChange(bool Added, bool ByUs, DateTimeOffset At);
