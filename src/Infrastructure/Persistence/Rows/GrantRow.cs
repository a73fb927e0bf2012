namespace ChatGovernance.Infrastructure.Persistence.Rows;

internal sealed class GrantRow
{
    public required string Id { get; set; }

    public required string EntitlementId { get; set; }

    public required string RequestId { get; set; }

    /// <summary>Its place among the grants of its entitlement, oldest first, from 0.</summary>
    public required int Ordinal { get; set; }

    /// <summary>The state's name; the document holds the whole state.</summary>
    public required string State { get; set; }

    /// <summary>When it is to end, or was to; null without an end, and once it is over.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    public DateTimeOffset? RemindAt { get; set; }

    public DateTimeOffset? CheckAt { get; set; }

    /// <summary>When its row became final: ended or failed. Such rows are in no index that work goes by.</summary>
    public DateTimeOffset? OverAt { get; set; }

    /// <summary>A <see cref="Json.GrantDocument"/>.</summary>
    public required string Document { get; set; }

    public EntitlementRow? Entitlement { get; set; }
}
