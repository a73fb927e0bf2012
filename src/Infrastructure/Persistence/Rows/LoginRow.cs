namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>A way through the browser. Digests of secrets, never one of them.</summary>
internal sealed class LoginRow
{
    public required string Id { get; set; }

    public required long Version { get; set; }

    public required string Account { get; set; }

    /// <summary>The purpose's name; the document holds the whole purpose.</summary>
    public required string Purpose { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Done, void, or expired and given up; null before.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>A <see cref="Json.LoginDocument"/>.</summary>
    public required string Document { get; set; }
}
