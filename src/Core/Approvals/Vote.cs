using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Approvals;

public enum Choice
{
    Approve,
    Deny,
}

/// <summary>A click, from the moment it is stored. It changes nothing until it is counted.</summary>
public sealed record Vote
{
    public required Guid Id { get; init; }

    public required Actor Caster { get; init; }

    public required Choice Choice { get; init; }

    /// <summary>Why it was denied, as the approver wrote it.</summary>
    public string? Reason { get; init; }

    /// <summary>The approver allows no more than this; null: what was asked for.</summary>
    public TimeSpan? AtMost { get; init; }

    /// <summary>Deadlines compare with this, not with the time of the count.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Index of the stage that was being decided when it was cast.</summary>
    public required int Stage { get; init; }

    public required VoteState State { get; init; }
}

public abstract record VoteState
{
    private protected VoteState()
    {
    }

    /// <summary>Recorded, being checked.</summary>
    /// <param name="By">The login that stands behind it; null: none was asked for yet.</param>
    public sealed record Cast(Confirmation? By = null) : VoteState;

    /// <summary>Checked, and waiting for a fresh login of its caster; it is dropped when none has come by then.</summary>
    public sealed record Unconfirmed(DateTimeOffset Until) : VoteState;

    /// <param name="Proof">How the chat account was proved to be this person: <c>attribute</c>, <c>verified-email</c>, …</param>
    public sealed record Counted(PersonRef By, string Proof, DateTimeOffset At) : VoteState;

    public sealed record Dropped(Refusal Why, DateTimeOffset At) : VoteState;
}
