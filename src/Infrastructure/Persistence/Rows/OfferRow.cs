namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>The last offer that a person was made for a client that did not let them in.</summary>
internal sealed class OfferRow
{
    public required string Person { get; set; }

    public required string Client { get; set; }

    public required string Id { get; set; }

    public required long Version { get; set; }

    public required DateTimeOffset OfferedAt { get; set; }

    /// <summary>A <see cref="Json.OfferDocument"/>.</summary>
    public required string Document { get; set; }
}
