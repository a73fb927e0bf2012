namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>A row that somebody works on, claimed by lease. An index holds only those that are due some day.</summary>
internal interface IWorkRow
{
    /// <summary>Null: nothing is to be done.</summary>
    DateTimeOffset? DueAt { get; set; }

    string? LeaseOwner { get; set; }

    DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>Tries in a row that brought nothing.</summary>
    int Failures { get; set; }

    /// <summary>The W3C <c>traceparent</c> of what made it due, for its work to go on with; null where nothing was traced, and for what waits for the clock.</summary>
    string? Trace { get; set; }
}
