namespace ChatGovernance.Core.Webhooks;

/// <summary>What a try to deliver an event brought.</summary>
public abstract record Posted
{
    private protected Posted()
    {
    }

    public sealed record Taken : Posted;

    /// <summary>Not taken, or nobody can tell.</summary>
    /// <param name="Code">The status of the answer, or <c>no-answer</c>.</param>
    /// <param name="Wait">How long the receiver asks to be left alone; null: it does not.</param>
    public sealed record NotTaken(string Code, TimeSpan? Wait = null) : Posted;

    /// <summary>The receiver wants no more of it.</summary>
    public sealed record Gone(string Code) : Posted;

    /// <summary>Not tried: the receiver did not answer, or asked for a rest, a short while ago.</summary>
    public sealed record Resting(DateTimeOffset Until) : Posted;

    /// <summary>Not tried: no receiver of this name is set up here.</summary>
    public sealed record Unknown : Posted;
}
