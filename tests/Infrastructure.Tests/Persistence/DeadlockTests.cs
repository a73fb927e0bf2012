using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport.Databases;
using Npgsql;
using static ChatGovernance.Infrastructure.Tests.Persistence.Samples;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

public sealed class DeadlockTests() : StoreTests(DatabaseKind.PostgreSql)
{
    private const string Waiting =
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    [Fact]
    public async Task A_commit_that_PostgreSQL_undoes_for_another_is_made_again()
    {
        await Saved(new Changes { Cards = [Card(1), Card(2)] });
        await using var other = (NpgsqlConnection)await Sql.OpenAsync(DatabaseKind.PostgreSql, Store.Database.ConnectionString, Ct);
        // The other one never looks for a deadlock, so it is always ours that is undone.
        await Execute(other, "SET deadlock_timeout = '1h'; BEGIN");
        await Execute(other, $"UPDATE cards SET failures = 7 WHERE subject = '{Card(2).Subject}'");

        var commit = Task.Run(() => Commit(new Changes { Cards = [Card(1)], Touched = [new CardTouch(Card(2).Subject, CardPurpose.Decide)] }), Ct);
        while (await Sql.CountAsync(Store.Database, Waiting, Ct) == 0)
            commit.IsCompleted.ShouldBeFalse();
        await Execute(other, $"UPDATE cards SET failures = 7 WHERE subject = '{Card(1).Subject}'");
        await Execute(other, "COMMIT");

        (await commit).ShouldBe(CommitResult.Saved);
        (await Store.Cards.Find(Card(1), Ct)).ShouldNotBeNull().Wanted.ShouldBe(2);
        (await Store.Cards.Find(Card(2), Ct)).ShouldNotBeNull().Wanted.ShouldBe(2);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
