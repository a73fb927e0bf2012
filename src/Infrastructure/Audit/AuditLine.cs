namespace ChatGovernance.Infrastructure.Audit;

/// <summary>A row of the chain as it is stored, with its personal text.</summary>
internal sealed record AuditLine
{
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    public required string Subject { get; init; }

    public required string Payload { get; init; }

    public required byte[] PreviousHash { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>Null: this is a link of a part, shown without its texts.</summary>
    public IReadOnlyList<AuditText>? Texts { get; init; } = [];
}

/// <summary>Erased: salt and text are null.</summary>
internal sealed record AuditText(string Field, byte[]? Salt, string? Text);
