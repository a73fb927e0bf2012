namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>A link that stands, or stood.</summary>
internal sealed class LinkRow
{
    public required string Id { get; set; }

    public required string Account { get; set; }

    /// <summary>Platform and workspace or tenant of the account: one person has one link in each.</summary>
    public required string Place { get; set; }

    public required string Person { get; set; }

    public required string PersonName { get; set; }

    /// <summary>In lower case.</summary>
    public required string Username { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>Null while it stands.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
