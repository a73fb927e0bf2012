using ChatGovernance.Infrastructure.Audit.Files;
using ChatGovernance.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Audit;

public enum AuditFileFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>For spreadsheets.</summary>
    Csv,
}

/// <summary>
/// Writes the audit out. Where only a part was asked for, the rows between are in it without names and reasons, so that the part can be
/// verified, and compared with an anchor, by itself.
/// </summary>
public sealed class AuditExport
{
    private readonly IDbContextFactory<GovernanceContext> contexts;
    private readonly TimeProvider time;

    internal AuditExport(IDbContextFactory<GovernanceContext> contexts, TimeProvider time) => (this.contexts, this.time) = (contexts, time);

    /// <summary>As the database was at one moment, while others go on writing. Memory does not grow with the chain.</summary>
    /// <exception cref="InvalidDataException">A row is none that can be exported: the audit is broken there.</exception>
    public async Task<AuditExported> Run(AuditSelection selection, AuditFileFormat format, TextWriter to, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var snapshot = await db.BeginSnapshot(ct);
        var head = await AuditRows.Head(db, ct);
        var requests = selection.NamesAnything ? await RequestsOf(db, selection, ct) : [];
        var first = selection.From is { } from ? await FirstOf(db, from, head.Number, ct) : 1;

        await using var writer = Writer(format, to);
        await writer.Begin(AuditFileLine.Begin(selection, requests, first, AuditChain.WholeMilliseconds(time.GetUtcNow())), ct);
        var (rows, selected) = (0L, 0L);
        await foreach (var line in AuditRows.Read(db, first - 1, ct))
        {
            var payload = PayloadOf(line);
            var takes = selection.Takes(payload, requests);
            await writer.Write(line, payload, takes, ct);
            rows++;
            selected += takes ? 1 : 0;
        }

        await writer.End(AuditFileLine.End(head.Number, head.Hash), ct);
        return new AuditExported(rows, selected, new AuditAnchor(head.Number, Convert.ToHexStringLower(head.Hash)));
    }

    /// <summary>Every row after this number as an event for a SIEM, one a line.</summary>
    /// <returns>The last number.</returns>
    public async Task<long> Stream(long after, TextWriter to, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var snapshot = await db.BeginSnapshot(ct);
        await foreach (var line in AuditRows.Read(db, after, ct))
        {
            await to.WriteAsync(string.Concat(EcsEvent.Write(line, PayloadOf(line)), "\n").AsMemory(), ct);
            after = line.Number;
        }

        await to.FlushAsync(ct);
        return after;
    }

    /// <summary>Ids that somebody or something is called by so; itself, where it is one.</summary>
    public async Task<IReadOnlyList<string>> Ids(string text, bool ofPerson, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var snapshot = await db.BeginSnapshot(ct);
        var ids = new HashSet<string>();
        await foreach (var line in AuditRows.Read(db, 0, ct))
        {
            var facts = PayloadOf(line).Facts;
            if (ofPerson)
                ids.UnionWith(line.Texts!.Where(named => named.Text == text && facts.ContainsKey(named.Field)).Select(named => facts[named.Field]));
            else if (facts.GetValueOrDefault("target-name") == text && facts.TryGetValue("target", out var target))
                ids.Add(target);
            if (ofPerson ? facts.Any(fact => fact.Value == text && fact.Key != "target-name") : facts.GetValueOrDefault("target") == text)
                return [text];
        }

        return [.. ids];
    }

    /// <summary>The row before the first of that time, which shows that none was left out before it.</summary>
    private static async Task<long> FirstOf(GovernanceContext db, DateTimeOffset from, long head, CancellationToken ct)
    {
        var first = await db.Audit.Where(row => row.At >= from).MinAsync(row => (long?)row.Number, ct) ?? head + 1;
        return Math.Max(first - 1, 1);
    }

    private static async Task<HashSet<string>> RequestsOf(GovernanceContext db, AuditSelection selection, CancellationToken ct)
    {
        var requests = new HashSet<string>();
        await foreach (var line in AuditRows.Read(db, 0, ct))
        {
            var payload = PayloadOf(line);
            if (selection.IsNamedIn(payload) && AuditSelection.RequestOf(payload) is { } request)
                requests.Add(request);
        }

        return requests;
    }

    private static AuditPayload PayloadOf(AuditLine line) =>
        AuditPayload.Read(line.Payload) ?? throw new InvalidDataException($"Row {line.Number} is none that can be exported. Run audit verify: the audit is broken there, or before.");

    private static IAuditFileWriter Writer(AuditFileFormat format, TextWriter to) => format switch
    {
        AuditFileFormat.Ndjson => new NdjsonWriter(to),
        AuditFileFormat.Csv => new CsvAuditWriter(to),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <param name="Rows">In the file.</param>
/// <param name="Selected">Asked for.</param>
/// <param name="Head">Of the chain at that moment.</param>
public sealed record AuditExported(long Rows, long Selected, AuditAnchor Head);
