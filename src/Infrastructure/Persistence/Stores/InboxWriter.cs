using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence.Stores;

/// <summary>
/// Stores deliveries in groups: while few commits run, one is stored at once; what arrives while <see cref="CommitsAtOnce"/> run goes
/// into the next one together, in the order of its arrival. So a statement's costs are shared (docs/benchmarks.md).
/// </summary>
internal sealed class InboxWriter(IDbContextFactory<GovernanceContext> contexts)
{
    /// <summary>Rows of one statement; their payloads are all in memory already.</summary>
    public const int GroupAtMost = 64;

    /// <summary>Few commits at once share the disk's wait in the database; more only make each group smaller.</summary>
    public const int CommitsAtOnce = 4;

    private static readonly string[] statements = [.. Enumerable.Range(1, GroupAtMost).Select(Statement)];

    private readonly Lock gate = new();
    private readonly List<Waiting> waiting = [];
    private int writers;

    /// <returns>When it is on disk: what is stored under its key, its own answer or that of the first.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; it may be stored all the same.</exception>
    public Task<StoredAnswer> Store(ArrivedRow row, CancellationToken ct)
    {
        var mine = new Waiting(row, ct);
        bool begin;
        lock (gate)
        {
            waiting.Add(mine);
            begin = writers < CommitsAtOnce;
            if (begin)
                writers++;
        }

        if (begin)
        {
            // What is written belongs to no one caller's trace; and SQLite's driver works where it stands.
            using var apart = ExecutionContext.SuppressFlow();
            _ = Task.Run(WriteAll, CancellationToken.None);
        }

        return mine.Stored.Task.WaitAsync(ct);
    }

    private async Task WriteAll()
    {
        while (NextGroup() is { Count: > 0 } group)
        {
            var abandoned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var left = group.Count;
            var registrations = group.ConvertAll(one => one.Caller.Register(() =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                    abandoned.TrySetResult();
            }));
            var off = new CancellationTokenSource();
            var written = Write(group, off.Token);
            // What nobody waits for any more is called off, and not waited for: a server that hangs holds up nobody who comes later.
            if (await Task.WhenAny(written, abandoned.Task) != written)
                _ = CallOff(off, written);
            else
                off.Dispose();
            registrations.ForEach(registration => registration.Dispose());
        }
    }

    private static async Task CallOff(CancellationTokenSource off, Task written)
    {
        await off.CancelAsync();
        await written;
        off.Dispose();
    }

    /// <summary>The oldest first; a repeat of one of them waits for the next group, since a statement can meet a row only once.</summary>
    private List<Waiting> NextGroup()
    {
        lock (gate)
        {
            waiting.RemoveAll(one => one.Caller.IsCancellationRequested);
            var keys = new HashSet<string>(StringComparer.Ordinal);
            List<Waiting> group = [.. waiting.Where(one => keys.Add(one.Row.Key)).Take(GroupAtMost)];
            waiting.RemoveAll(group.Contains);
            if (group.Count == 0)
                writers--;
            return group;
        }
    }

    /// <summary>Ends without an exception: each caller has its own outcome.</summary>
    private async Task Write(List<Waiting> group, CancellationToken ct)
    {
        try
        {
            var stored = (await Insert(group, ct)).ToDictionary(row => row.Key, StringComparer.Ordinal);
            group.ForEach(one => one.Stored.TrySetResult(stored[one.Row.Key]));
        }
        catch (Exception exception) when (group.Count > 1 && !ct.IsCancellationRequested && IsAboutOne(exception))
        {
            // One bad row fails none of its neighbours.
            foreach (var one in group.Where(one => !one.Caller.IsCancellationRequested))
                await Write([one], ct);
        }
        catch (Exception exception)
        {
            group.ForEach(one => one.Stored.TrySetException(exception));
        }
    }

    /// <summary>A row was refused, or two groups with the same rows met in another order on two replicas; one by one they pass.</summary>
    private bool IsAboutOne(Exception exception)
    {
        if (exception.SaidByDatabase() is not { } said)
            return false;
        using var db = contexts.CreateDbContext();
        return !said.IsTransient || db.IsWorthAnotherTry(said);
    }

    /// <summary>A repeat takes no lock on the row that is there, which somebody may be working on: it would hold up its whole group.</summary>
    private async Task<List<StoredAnswer>> Insert(List<Waiting> group, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var stored = await db.Query<StoredAnswer>(statements[group.Count - 1], [.. group.SelectMany(one => one.Row.Values)], ct);
        if (stored.Count == group.Count)
            return stored;

        var repeats = group.Select(one => one.Row.Key).Except(stored.Select(row => row.Key)).ToList();
        return [.. stored, .. await db.Inbox.AsNoTracking().Where(row => repeats.Contains(row.Key)).Select(row => new StoredAnswer(row.Key, true, row.Answer)).ToListAsync(ct)];
    }

    /// <summary>One round trip, unless there are repeats among them.</summary>
    private static string Statement(int rows)
    {
        var values = Enumerable.Range(0, rows).Select(row => row * ArrivedRow.Columns).Select(at =>
            $"({{{at}}}, {{{at + 1}}}, {{{at + 2}}}, {{{at + 3}}}, {{{at + 4}}}, {{{at + 5}}}, {{{at + 5}}}, 0, 0, NULLIF({{{at + 6}}}, ''))");
        return $"""
            INSERT INTO inbox (key, subject, kind, payload, answer, received_at, due_at, repeats, failures, trace)
            VALUES {string.Join(", ", values)}
            ON CONFLICT (key) DO NOTHING
            RETURNING key AS "Key", FALSE AS "IsRepeat", answer AS "Answer"
            """;
    }

    internal sealed record StoredAnswer(string Key, bool IsRepeat, byte[] Answer);

    private sealed record Waiting(ArrivedRow Row, CancellationToken Caller)
    {
        public TaskCompletionSource<StoredAnswer> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A delivery as the inbox stores it.</summary>
/// <param name="Trace">Empty: none.</param>
internal sealed record ArrivedRow(string Key, string Subject, string Kind, byte[] Payload, byte[] Answer, long ReceivedAt, string Trace)
{
    public const int Columns = 7;

    public IEnumerable<object> Values => [Key, Subject, Kind, Payload, Answer, ReceivedAt, Trace];
}
