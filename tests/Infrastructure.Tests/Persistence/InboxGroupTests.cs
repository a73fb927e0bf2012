using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Stores;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport.Databases;
using Npgsql;
using static ChatGovernance.Infrastructure.Tests.Persistence.Samples;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

/// <summary>What arrives while others are being committed is stored together; a lock on the table keeps their commits running.</summary>
public sealed class InboxGroupTests() : StoreTests(DatabaseKind.PostgreSql)
{
    private const string Stored = "SELECT COUNT(*) FROM inbox";
    private const string Writing = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    private const string Commits = "SELECT COUNT(DISTINCT xmin::text) FROM inbox";

    [Fact]
    public async Task What_arrives_while_others_are_committed_is_stored_in_one_commit_and_in_order()
    {
        List<Task<Accepted>> all;
        await using (await Locked())
        {
            all = [.. await Busy(Ct), .. Enumerable.Range(1, InboxWriter.GroupAtMost).Select(n => Store.Inbox.Accept(Delivery($"slack:{n:000}"), Ct))];
        }

        (await Task.WhenAll(all)).ShouldAllBe(accepted => accepted.First);
        (await Sql.CountAsync(Store.Database, Commits, Ct)).ShouldBe(InboxWriter.CommitsAtOnce + 1);
        (await Sql.CountAsync(Store.Database, "SELECT COUNT(*) FROM inbox AS a JOIN inbox AS b ON a.id < b.id AND a.key > b.key WHERE b.key LIKE 'slack:0%' AND a.key LIKE 'slack:0%'", Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task A_repeat_of_what_waits_is_told_so()
    {
        Task<Accepted>[] both;
        await using (await Locked())
        {
            await Busy(Ct);
            both = [Store.Inbox.Accept(Delivery("slack:1") with { Answer = [1] }, Ct), Store.Inbox.Accept(Delivery("slack:1") with { Answer = [2] }, Ct)];
        }

        (await Task.WhenAll(both)).Count(accepted => accepted.First).ShouldBe(1);
        (await both[0]).Answer.ShouldBe((await both[1]).Answer);
    }

    [Fact]
    public async Task A_repeat_of_what_somebody_works_on_waits_for_nobody()
    {
        await Store.Inbox.Accept(Delivery("slack:1") with { Answer = [1] }, Ct);
        await using var working = (NpgsqlConnection)await Sql.OpenAsync(DatabaseKind.PostgreSql, Store.Database.ConnectionString, Ct);
        await using var command = new NpgsqlCommand("BEGIN; SELECT 1 FROM inbox FOR UPDATE", working);
        await command.ExecuteNonQueryAsync(Ct);

        var both = await Task.WhenAll(Store.Inbox.Accept(Delivery("slack:1") with { Answer = [2] }, Ct), Store.Inbox.Accept(Delivery("slack:2"), Ct));

        both.Select(accepted => accepted.First).ShouldBe([false, true]);
        both[0].Answer.ShouldBe([1]);
    }

    [Fact]
    public async Task A_delivery_that_the_database_refuses_fails_alone()
    {
        IReadOnlyList<Task<Accepted>> before;
        Task<Accepted>[] all;
        await using (await Locked())
        {
            before = await Busy(Ct);
            all = [Store.Inbox.Accept(Delivery("slack:1"), Ct), Store.Inbox.Accept(Delivery("no text: \0"), Ct), Store.Inbox.Accept(Delivery("slack:2"), Ct)];
        }

        await Should.ThrowAsync<PostgresException>(all[1]);
        await Task.WhenAll(before);
        (await all[0]).First.ShouldBeTrue();
        (await all[2]).First.ShouldBeTrue();
        (await Sql.CountAsync(Store.Database, Stored, Ct)).ShouldBe(InboxWriter.CommitsAtOnce + 2);
    }

    [Fact]
    public async Task Who_gives_up_before_it_is_written_is_not_stored_and_holds_up_nobody()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        Task<Accepted> second, third;
        await using (await Locked())
        {
            await Busy(Ct);
            second = Store.Inbox.Accept(Delivery("slack:second"), patience.Token);
            third = Store.Inbox.Accept(Delivery("slack:third"), Ct);
            await patience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(second);
        }

        (await third).First.ShouldBeTrue();
        (await Sql.CountAsync(Store.Database, "SELECT COUNT(*) FROM inbox WHERE key = 'slack:second'", Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task Commits_that_everybody_has_given_up_are_called_off()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using (await Locked())
        {
            var first = await Busy(patience.Token);
            await patience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(Task.WhenAll(first));
            while (await Sql.CountAsync(Store.Database, Writing, Ct) > 0)
            {
                // until the server has taken notice
            }
        }

        (await Store.Inbox.Accept(Delivery("slack:second"), Ct)).First.ShouldBeTrue();
        (await Sql.CountAsync(Store.Database, Stored, Ct)).ShouldBe(1);
    }

    /// <summary>As many commits as run at once, all waiting for the lock.</summary>
    private async Task<IReadOnlyList<Task<Accepted>>> Busy(CancellationToken ct)
    {
        var all = new List<Task<Accepted>>();
        while (all.Count < InboxWriter.CommitsAtOnce)
        {
            all.Add(Store.Inbox.Accept(Delivery($"slack:busy:{all.Count}"), ct));
            while (await Sql.CountAsync(Store.Database, Writing, Ct) < all.Count)
                Ct.ThrowIfCancellationRequested();
        }

        return all;
    }

    /// <summary>Disposing of it ends the lock.</summary>
    private async Task<NpgsqlConnection> Locked()
    {
        var connection = (NpgsqlConnection)await Sql.OpenAsync(DatabaseKind.PostgreSql, Store.Database.ConnectionString, Ct);
        await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE inbox IN SHARE MODE", connection);
        await command.ExecuteNonQueryAsync(Ct);
        return connection;
    }
}
