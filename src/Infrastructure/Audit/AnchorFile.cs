using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Inquiries;

namespace ChatGovernance.Infrastructure.Audit;

/// <summary>
/// The file in which the heads of the audit stand, one a line: <c>2027-01-04T00:00:10.123Z #120 1f0c…</c>. What was told since its last line
/// is added, so that a line whose writing was cut off, or a file that could not be reached for a while, is made up for.
/// </summary>
internal sealed class AnchorFile(string path, IHistory history)
{
    private const int PageSize = 100;

    /// <summary>Enough for the last lines.</summary>
    private const int Tail = 4096;

    /// <returns>How many lines were added.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<int> CatchUp(CancellationToken ct)
    {
        var added = 0;
        await foreach (var (at, anchor) in After(await Last(ct), ct))
        {
            await Add($"{AuditChain.Instant(at)} #{anchor.Number} {anchor.Hash}", ct);
            added++;
        }

        return added;
    }

    /// <summary>How many lines it lacks.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<int> Missing(CancellationToken ct)
    {
        var missing = 0;
        await foreach (var _ in After(await Last(ct), ct))
            missing++;
        return missing;
    }

    /// <summary>What was told of later rows than this.</summary>
    private async IAsyncEnumerable<(DateTimeOffset At, AuditAnchor Anchor)> After(long last, [EnumeratorCancellation] CancellationToken ct)
    {
        // The row that tells of another has a greater number.
        for (var (after, more) = (last, true); more;)
        {
            var page = await history.Audit(new AuditQuery { Kind = AuditKind.Anchored }, after, PageSize, ct);
            foreach (var row in page.Items)
            {
                after = row.Number;
                if (long.TryParse(row.Facts.GetValueOrDefault("after"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > last)
                    yield return (row.At, new AuditAnchor(number, row.Facts.GetValueOrDefault("hash", "")));
            }

            more = page.More;
        }
    }

    private async Task Add(string line, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        // A line that was cut off is no anchor; it stays, for nothing in this file is ever taken away.
        file.Seek(-Math.Min(1, file.Length), SeekOrigin.End);
        var isCut = file.Length > 0 && file.ReadByte() != '\n';
        await file.WriteAsync(Encoding.UTF8.GetBytes($"{(isCut ? "\n" : "")}{line}\n"), ct);
        file.Flush(flushToDisk: true);
    }

    private async Task<long> Last(CancellationToken ct)
    {
        if (!File.Exists(path))
            return 0;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(Tail, file.Length), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var lines = (await reader.ReadToEndAsync(ct)).Split('\n');
        // The last piece has no end of line: it may have been cut off.
        return lines[..^1].SelectMany(AuditAnchor.Read).Where(anchor => anchor.Hash.Length == 2 * AuditChain.HashLength).Select(anchor => anchor.Number).DefaultIfEmpty().Max();
    }
}
