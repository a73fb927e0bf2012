namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>Where a conversation is reached, on a platform that tells it only when it calls.</summary>
internal sealed class ConversationRow
{
    /// <summary>As the platform calls it.</summary>
    public required string Id { get; set; }

    public required string ServiceUrl { get; set; }

    /// <summary>Whose conversation with the bot it is; null: one of several people.</summary>
    public string? Account { get; set; }

    /// <summary>How the platform calls that account in conversations.</summary>
    public string? Member { get; set; }

    /// <summary>The address that account is known by, in lower case; null: not read yet.</summary>
    public string? Address { get; set; }

    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>When the bot was taken out of it; null: it is in.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
