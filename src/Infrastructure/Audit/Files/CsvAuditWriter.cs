using System.Globalization;
using CsvHelper;

namespace ChatGovernance.Infrastructure.Audit.Files;

/// <summary>For spreadsheets (RFC 4180).</summary>
internal sealed class CsvAuditWriter(TextWriter to) : IAuditFileWriter
{
    private readonly CsvWriter csv = new(to, CultureInfo.InvariantCulture, leaveOpen: true);

    public async Task Begin(AuditFileLine begin, CancellationToken ct)
    {
        await Row([.. CsvColumns.Shown, CsvColumns.Record]);
        await Bare(begin);
    }

    public Task Write(AuditLine line, AuditPayload payload, bool isSelected, CancellationToken ct)
    {
        var record = AuditFileLine.Row(line, isSelected);
        return isSelected ? Row([.. CsvColumns.Of(payload, line.Texts!), record.ToString()]) : Bare(record);
    }

    public Task End(AuditFileLine end, CancellationToken ct) => Bare(end);

    public async ValueTask DisposeAsync() => await csv.DisposeAsync();

    private Task Bare(AuditFileLine line) => Row([.. CsvColumns.Nothing, line.ToString()]);

    private async Task Row(IEnumerable<string> fields)
    {
        foreach (var field in fields)
            csv.WriteField(field);
        await csv.NextRecordAsync();
    }
}
