namespace ChatGovernance.Infrastructure.Audit.Files;

/// <summary>One line of JSON for each row.</summary>
internal sealed class NdjsonWriter(TextWriter to) : IAuditFileWriter
{
    public Task Begin(AuditFileLine begin, CancellationToken ct) => Line(begin, ct);

    public Task Write(AuditLine line, AuditPayload payload, bool isSelected, CancellationToken ct) => Line(AuditFileLine.Row(line, isSelected), ct);

    public Task End(AuditFileLine end, CancellationToken ct) => Line(end, ct);

    public async ValueTask DisposeAsync() => await to.FlushAsync();

    private async Task Line(AuditFileLine line, CancellationToken ct) => await to.WriteAsync(string.Concat(line.ToString(), "\n").AsMemory(), ct);
}
