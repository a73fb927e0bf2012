using ChatGovernance.Core.Chat;

namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>Due while it shows less than it should and was not given up.</summary>
internal sealed class CardRow : IWorkRow
{
    public long Id { get; set; }

    public required string Subject { get; set; }

    public required string Audience { get; set; }

    public required CardPurpose Purpose { get; set; }

    public long Wanted { get; set; }

    public long Shown { get; set; }

    public string? Conversation { get; set; }

    public string? Message { get; set; }

    public string? AttemptKey { get; set; }

    public DateTimeOffset? AttemptAt { get; set; }

    public int AttemptPosts { get; set; }

    public string? Dead { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public int Failures { get; set; }

    /// <summary>How often work on it threw, in a row.</summary>
    public int Thrown { get; set; }

    public string? Trace { get; set; }
}
