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
}
