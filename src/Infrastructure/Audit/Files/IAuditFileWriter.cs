namespace ChatGovernance.Infrastructure.Audit.Files;

/// <summary>Writes an export in one of its formats.</summary>
internal interface IAuditFileWriter : IAsyncDisposable
{
    Task Begin(AuditFileLine begin, CancellationToken ct);

    /// <param name="isSelected">It was asked for; else it only links those that were.</param>
    Task Write(AuditLine line, AuditPayload payload, bool isSelected, CancellationToken ct);

    Task End(AuditFileLine end, CancellationToken ct);
}
