using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Requests;

/// <summary>Where a request stands. Nothing leads out of the last five.</summary>
public abstract record RequestState
{
    private protected RequestState()
    {
    }

    /// <summary>Stored; who, what and whose decision are not resolved yet.</summary>
    /// <param name="GiveUpAt">It is refused when the directory has not answered by then.</param>
    public sealed record Received(DateTimeOffset GiveUpAt) : RequestState;

    /// <param name="Stage">Index of the stage that is being decided.</param>
    public sealed record Pending(int Stage, DateTimeOffset Since, DateTimeOffset LapsesAt) : RequestState
    {
        /// <summary>Longer than a delivery may take from its receipt to being stored; whoever sent it is answered by then.</summary>
        private static readonly TimeSpan storing = TimeSpan.FromSeconds(5);

        /// <summary>From here on it may be taken as lapsed: whatever was received before <see cref="LapsesAt"/> is stored.</summary>
        public DateTimeOffset OverAt => LapsesAt + storing;

        /// <summary>What it rests on is to be read again, and whoever decides now is to be asked: a stage has begun, or something has changed.</summary>
        public bool ToAsk { get; init; }

        /// <summary>When what it rests on, and who decides, was last read.</summary>
        public DateTimeOffset? AskedAt { get; init; }

        /// <summary>Since when those decide, too, whom the rule names for a decision that does not come; null: not yet.</summary>
        public DateTimeOffset? EscalatedAt { get; init; }

        /// <summary>When the approvers were reminded because half of the time was over; null: not yet.</summary>
        public DateTimeOffset? RemindedAt { get; init; }

        /// <summary>When the requester last had the approvers reminded.</summary>
        public DateTimeOffset? NudgedAt { get; init; }

        public DateTimeOffset HalfWay => Since + ((LapsesAt - Since) / 2);
    }

    /// <param name="By">Whose approval was the last one; null: no person's.</param>
    public sealed record Approved(PersonRef? By, DateTimeOffset At) : RequestState
    {
        /// <summary>The attribute whose rule approved it without a person; null: people did.</summary>
        public string? ByRule { get; init; }
    }

    public sealed record Denied(PersonRef By, DateTimeOffset At, string? Reason) : RequestState;

    /// <param name="By">Null: withdrawn before the directory said who asked.</param>
    public sealed record Cancelled(PersonRef? By, DateTimeOffset At) : RequestState;

    public sealed record Lapsed(DateTimeOffset At) : RequestState;

    public sealed record Refused(Refusal Why, DateTimeOffset At) : RequestState;

    public bool IsOpen => this is Received or Pending;

    /// <summary>One word for rows, the audit and sentences.</summary>
    public string Name => this switch
    {
        Received => "received",
        Pending => "pending",
        Approved => "approved",
        Denied => "denied",
        Cancelled => "cancelled",
        Lapsed => "lapsed",
        Refused => "refused",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
