using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Requests;

/// <summary>What somebody who decides wants to know first, and what they were told. It counts for nothing: a decision is a vote.</summary>
public sealed record Question
{
    public required Guid Id { get; init; }

    public required PersonRef By { get; init; }

    /// <summary>The chat account it was asked from, at which the answer is told; null: it came by another way.</summary>
    public ChatAccount? From { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null: not answered yet.</summary>
    public QuestionAnswer? Answer { get; init; }
}

public sealed record QuestionAnswer(PersonRef By, string Text, DateTimeOffset At);
