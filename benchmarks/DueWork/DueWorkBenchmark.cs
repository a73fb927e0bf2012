using System.Diagnostics;
using System.Globalization;
using ChatGovernance.Benchmarks.Measuring;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Persistence;
using Npgsql;

namespace ChatGovernance.Benchmarks.DueWork;

/// <summary>What it takes to find what is due, among many rows that are done and among few.</summary>
internal sealed class DueWorkBenchmark : IBenchmark
{
    private const int Few = 10_000;
    private const int Many = 1_000_000;
    private const int Due = 200;
    private const int ClaimedAtOnce = 16;

    /// <summary>Finished rows, and due ones; <c>n</c> counts them.</summary>
    private static readonly IReadOnlyList<(string Done, string Due)> rows =
    [
        ("INSERT INTO inbox (key, subject, kind, payload, answer, received_at, repeats, failures, handled_at) SELECT n, 'request:' || n, 'x', '', '', n, 0, 0, n",
            "INSERT INTO inbox (key, subject, kind, payload, answer, received_at, repeats, failures, due_at) SELECT n, 'request:' || n, 'x', '', '', n, 0, 0, n"),
        ("INSERT INTO requests (id, version, state, target, target_name, received_at, closed_at, document, failures) SELECT n, 1, 'denied', 'group:' || n, '', n, n, '', 0",
            "INSERT INTO requests (id, version, state, target, target_name, received_at, document, failures, due_at) SELECT n, 1, 'received', 'group:' || n, '', n, '', 0, n"),
        ("INSERT INTO entitlements (id, version, person, person_name, target, target_name, failures) SELECT n, 1, n, '', 'group:' || n, '', 0",
            "INSERT INTO entitlements (id, version, person, person_name, target, target_name, failures, due_at) SELECT n, 1, n, '', 'group:' || n, '', 0, n"),
        ("INSERT INTO grants (id, entitlement_id, request_id, ordinal, state, over_at, document) SELECT n, n, n, 0, 'ended', n, ''",
            "INSERT INTO grants (id, entitlement_id, request_id, ordinal, state, ends_at, document) SELECT n, n, n, 0, 'active', n, ''"),
        ("INSERT INTO cards (subject, audience, purpose, wanted, shown, attempt_posts, failures) SELECT 'request:' || n, n, 'Decide', 1, 1, 0, 0",
            "INSERT INTO cards (subject, audience, purpose, wanted, shown, attempt_posts, failures, due_at) SELECT 'request:' || n, n, 'Decide', 2, 1, 0, 0, n"),
        ("INSERT INTO notes (key, subject, audience, thread, document, attempt_posts, failures) SELECT n, 'system', n, '', '', 0, 0",
            "INSERT INTO notes (key, subject, audience, thread, document, attempt_posts, failures, due_at) SELECT n, 'system', n, '', '', 0, 0, n"),
        // Of several targets: each has its share of what is claimed at once.
        ("INSERT INTO webhook_events (target, subject, event_id, type, number, at, body, failures, thrown, dead, died_at) SELECT 'target-' || n % 8, 'request:' || n, n, '', n, n, '', 0, 0, 'expired', n",
            "INSERT INTO webhook_events (target, subject, event_id, type, number, at, body, failures, thrown, due_at) SELECT 'target-' || n % 8, 'request:' || n, n, '', n, n, '', 0, 0, n"),
    ];

    private static readonly (WorkKind Kind, string Table)[] kinds =
    [
        (WorkKind.Inbox, "inbox"), (WorkKind.Request, "requests"), (WorkKind.Entitlement, "entitlements"), (WorkKind.Card, "cards"), (WorkKind.Note, "notes"),
        (WorkKind.Webhook, "webhook_events"),
    ];

    public string Name => "due-work";

    public string About => "finding and claiming what is due among a million finished rows, beside ten thousand";

    public async Task<string> Run(Scope scope, CancellationToken ct)
    {
        var many = scope.Quick ? Many / 10 : Many;
        await using var few = await Filled(Few, ct);
        await using var full = await Filled(many, ct);
        var table = new Table("", $"among {Few.ToString("N0", CultureInfo.InvariantCulture)}, ms", $"among {many.ToString("N0", CultureInfo.InvariantCulture)}, ms", "ratio");
        var goals = new List<Goal>();
        foreach (var (kind, name) in kinds)
        {
            var rounds = await Rounds.Alternate(scope.Quick ? 20 : 300, [() => Look(few, kind, name, ct), () => Look(full, kind, name, ct)]);
            var (little, much) = (Summary.Median(rounds[0]), Summary.Median(rounds[1]));
            table.Row(name, Figures.Milliseconds(little), Figures.Milliseconds(much), Figures.Ratio(much / little));
            goals.Add(new Goal($"{name}: time among many ÷ among few", 1.5, AtLeast: false, much / little));
        }

        return $"{Goal.Write(goals)}\n{table}";
    }

    /// <returns>Milliseconds: what a worker's loop asks, to claim rows and to know when to look again.</returns>
    private static async Task<double> Look(TestStore store, WorkKind kind, string table, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var claimed = await store.Claims.Claim(kind, ClaimedAtOnce, TimeSpan.FromMinutes(1), ct);
        await store.Claims.NextDue(kind, ct);
        var took = Stopwatch.GetElapsedTime(began);
        if (claimed.Count != ClaimedAtOnce)
            throw new InvalidOperationException($"{claimed.Count} of {table} were claimed.");
        await Execute(store, $"UPDATE {table} SET lease_owner = NULL, leased_until = NULL WHERE lease_owner IS NOT NULL", ct);
        return took.TotalMilliseconds;
    }

    private static async Task<TestStore> Filled(int done, CancellationToken ct)
    {
        var store = await TestStore.Create(DatabaseKind.PostgreSql, TimeProvider.System);
        foreach (var (finished, due) in rows)
        {
            await Execute(store, string.Create(CultureInfo.InvariantCulture, $"{finished} FROM generate_series(1, {done}) AS n"), ct);
            await Execute(store, string.Create(CultureInfo.InvariantCulture, $"{due} FROM generate_series({done + 1}, {done + Due}) AS n"), ct);
        }

        await Execute(store, "VACUUM ANALYZE", ct);
        await Execute(store, "CHECKPOINT", ct); // what was filled in is on disk, and disturbs nobody's round
        return store;
    }

    private static async Task Execute(TestStore store, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(store.Database.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
