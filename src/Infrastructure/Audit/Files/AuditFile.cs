using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;

namespace ChatGovernance.Infrastructure.Audit.Files;

/// <summary>Verifies an export, with nothing but the file.</summary>
public static class AuditFile
{
    /// <summary>Recomputes everything, row by row. Memory does not grow with the file.</summary>
    /// <param name="anchors">What was told outside; without one nobody can tell a file that was wholly written anew.</param>
    public static async Task<AuditVerification> Verify(TextReader file, IReadOnlyList<AuditAnchor> anchors, CancellationToken ct)
    {
        AuditChainCheck? check = null;
        Beginning? begin = null;
        AuditVerification? ended = null;
        await foreach (var (line, shown) in Lines(file, ct))
        {
            if (begin is null || check is null)
            {
                if (Beginning.Read(line) is not { } read)
                    return Unreadable(new AuditChainCheck(anchors));
                (begin, check) = (read, new AuditChainCheck(anchors, read.First));
            }
            else if (ended is not null)
            {
                return Unreadable(check);
            }
            else if (line?.Head is { } head)
            {
                if (FileValues.Number(head.Number) is not { } number || FileValues.Bytes(head.Hash, AuditChain.HashLength) is not { } hash)
                    return Unreadable(check);
                ended = check.End(number, hash);
            }
            else if (line?.ToRow() is not { } row)
            {
                return Unreadable(check);
            }
            else if (check.Follow(row) && begin.ProblemOf(row, shown) is { } problem)
            {
                check.Break(problem, row.Number);
            }

            if (check.IsBroken)
                return check.End();
        }

        if (ended is not null)
            return ended;
        check ??= new AuditChainCheck(anchors);
        check.Break(new AuditProblem.FileCut());
        return check.End();
    }

    private static AuditVerification Unreadable(AuditChainCheck check)
    {
        check.Break(new AuditProblem.LineUnreadable());
        return check.End();
    }

    /// <returns>Null: the line is none of ours. With what a spreadsheet shows beside it.</returns>
    private static async IAsyncEnumerable<(AuditFileLine? Line, IReadOnlyList<string>? Shown)> Lines(TextReader file, [EnumeratorCancellation] CancellationToken ct)
    {
        if (file.Peek() == '{')
        {
            while (await file.ReadLineAsync(ct) is { } line)
                yield return (AuditFileLine.Read(line), null);
            yield break;
        }

        using var csv = new CsvReader(file, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, MissingFieldFound = null });
        if (!await csv.ReadAsync())
            yield break;
        if (!csv.Parser.Record!.SequenceEqual([.. CsvColumns.Shown, CsvColumns.Record]))
        {
            yield return (null, null);
            yield break;
        }

        while (await csv.ReadAsync())
        {
            ct.ThrowIfCancellationRequested();
            var fields = csv.Parser.Record!;
            yield return fields.Length == CsvColumns.Shown.Count + 1 ? (AuditFileLine.Read(fields[^1]), fields) : (null, null);
        }
    }

    /// <summary>What was asked for, and where the file begins.</summary>
    private sealed record Beginning(AuditSelection Selection, IReadOnlySet<string> Requests, long First)
    {
        /// <summary>Null: no file of ours begins so.</summary>
        public static Beginning? Read(AuditFileLine? line) =>
            line is { Format: AuditFileLine.FormatName, Selection: { } selection } && FileValues.Number(line.First) is >= 1 and { } first && (first == 1 || selection.From is not null)
                ? new Beginning(selection, (line.Requests ?? []).ToHashSet(), first)
                : null;

        /// <summary>What was asked for is not shown, or not as it is.</summary>
        public AuditProblem? ProblemOf(AuditLine row, IReadOnlyList<string>? shown)
        {
            var payload = AuditPayload.Read(row.Payload)!;
            if (row.Number == First && First > 1 && !(row.At < Selection.From))
                return new AuditProblem.LeftOut();
            if (row.Texts is null && Selection.Takes(payload, Requests))
                return new AuditProblem.LeftOut();
            if (Selection.NamesAnything && Selection.IsNamedIn(payload) && AuditSelection.RequestOf(payload) is { } request && !Requests.Contains(request))
                return new AuditProblem.LeftOut();
            return shown is not null && Altered(shown, row.Texts is { } texts ? CsvColumns.Of(payload, texts) : CsvColumns.Nothing) is { } column
                ? new AuditProblem.ColumnAltered(column)
                : null;
        }

        private static string? Altered(IReadOnlyList<string> shown, IReadOnlyList<string> right) =>
            CsvColumns.Shown.Where((_, index) => shown[index] != right[index]).FirstOrDefault();
    }
}
