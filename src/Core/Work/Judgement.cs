using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Work;

/// <summary>What a use case comes to. How it is told depends on the way by which it was asked: a note in chat, an answer to a call.</summary>
public abstract record Judgement
{
    private protected Judgement()
    {
    }

    /// <summary>These are to be saved.</summary>
    public sealed record Done(Changes Changes) : Judgement;

    /// <param name="About">What it was about, as people call it; null: nothing that is known.</param>
    public sealed record Refused(Refusal Why, string? About = null) : Judgement
    {
        /// <summary>What is saved all the same.</summary>
        public Changes Besides { get; init; } = new();
    }

    /// <summary>Nobody can tell now.</summary>
    /// <param name="About">As in <see cref="Refused"/>.</param>
    public sealed record NotNow(Doubt Why, string? About = null) : Judgement;
}
