namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>Another login policy for a client, proposed by one administrator; one client has one that is open at the most.</summary>
internal sealed class LoginChangeRow
{
    public required string Id { get; set; }

    public required string Client { get; set; }

    /// <summary>Neither made, rejected nor void.</summary>
    public required bool IsOpen { get; set; }

    public required long Version { get; set; }

    public required DateTimeOffset ProposedAt { get; set; }

    /// <summary>A <see cref="Json.LoginChangeDocument"/>.</summary>
    public required string Document { get; set; }
}
