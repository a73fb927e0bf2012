using System.Globalization;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Observability;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Claims;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Persistence;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

/// <summary>What is done costs nothing: PostgreSQL plans to find the few rows that are due without reading the many that are not.</summary>
public sealed class QueryPlanTests
{
    private const string Done = "FROM generate_series(1, 20000) AS n";
    private const string Due = "FROM generate_series(20001, 20050) AS n";

    private static readonly string[] rows =
    [
        $"INSERT INTO inbox (key, subject, kind, payload, answer, received_at, repeats, failures, handled_at) SELECT n, 'request:' || n, 'x', '', '', n, 0, 0, n {Done}",
        $"INSERT INTO inbox (key, subject, kind, payload, answer, received_at, repeats, failures, due_at) SELECT n, 'request:' || n, 'x', '', '', n, 0, 0, n {Due}",
        $"INSERT INTO requests (id, version, state, target, target_name, received_at, closed_at, document, failures) SELECT n, 1, 'denied', 'group:' || n, '', n, n, '', 0 {Done}",
        $"INSERT INTO requests (id, version, state, target, target_name, received_at, document, failures, due_at) SELECT n, 1, 'received', 'group:' || n, '', n, '', 0, n {Due}",
        $"INSERT INTO entitlements (id, version, person, person_name, target, target_name, failures) SELECT n, 1, n, '', 'group:' || n, '', 0 {Done}",
        $"INSERT INTO entitlements (id, version, person, person_name, target, target_name, failures, due_at) SELECT n, 1, n, '', 'group:' || n, '', 0, n {Due}",
        $"INSERT INTO cards (subject, audience, purpose, wanted, shown, attempt_posts, failures) SELECT 'request:' || n, n, 'Decide', 1, 1, 0, 0 {Done}",
        $"INSERT INTO cards (subject, audience, purpose, wanted, shown, attempt_posts, failures, due_at) SELECT 'request:' || n, n, 'Decide', 2, 1, 0, 0, n {Due}",
        $"INSERT INTO notes (key, subject, audience, thread, document, attempt_posts, failures) SELECT n, 'system', n, '', '', 0, 0 {Done}",
        $"INSERT INTO notes (key, subject, audience, thread, document, attempt_posts, failures, due_at) SELECT n, 'system', n, '', '', 0, 0, n {Due}",
        $"INSERT INTO webhook_events (target, subject, event_id, type, number, at, body, failures, thrown, dead, died_at) SELECT 'siem', 'request:' || n, n, '', n, n, '', 0, 0, 'expired', n {Done}",
        $"INSERT INTO webhook_events (target, subject, event_id, type, number, at, body, failures, thrown, due_at) SELECT 'siem', 'request:' || n, n, '', n, n, '', 0, 0, n {Due}",
    ];

    public static TheoryData<WorkKind> Kinds => [.. Enum.GetValues<WorkKind>()];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Claiming_and_looking_ahead_go_by_index(WorkKind kind)
    {
        await using var store = await TestStore.Create(DatabaseKind.PostgreSql, new ManualClock());
        foreach (var sql in (string[])[.. rows, "ANALYZE"])
            await Sql.ExecuteAsync(store.Database, sql, Ct);
        await using var db = new Contexts(DatabaseProvider.PostgreSql, store.Database.ConnectionString).CreateDbContext();
        var table = WorkTable.Of(kind);

        foreach (var sql in (string[])[EfClaims.ClaimSql(table, db), EfClaims.NextFreeSql(table), EfClaims.NextClaimedSql(table), StoredStateReader.DueSql(table)])
        {
            var plan = await Explain(store.Database, string.Format(CultureInfo.InvariantCulture, sql, 1_000_000, 10, "'me'", 2_000_000));
            plan.ShouldContain("Index");
            plan.ShouldNotContain("Seq Scan");
        }
    }

    private static async Task<string> Explain(ITestDatabase database, string sql)
    {
        await using var connection = await Sql.OpenAsync(database.Kind, database.ConnectionString, Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN " + sql;
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var lines = new List<string>();
        while (await reader.ReadAsync(Ct))
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
