namespace ChatGovernance.Infrastructure.Persistence.Rows;

/// <summary>Personal text beside the chain. Erased: salt and text are null.</summary>
internal sealed class AuditTextRow
{
    public required long Number { get; set; }

    public required string Field { get; set; }

    public byte[]? Salt { get; set; }

    public string? Text { get; set; }
}
