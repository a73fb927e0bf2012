using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Tests.Persistence;
using ChatGovernance.TestSupport.Databases;

namespace ChatGovernance.Infrastructure.Tests.Audit;

public abstract class AuditAppendTests(DatabaseKind kind) : StoreTests(kind)
{
    [Fact]
    public async Task Writers_at_the_same_time_make_one_chain_without_gaps()
    {
        const int writers = 4;
        const int commits = 25;

        var results = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var all = new List<CommitResult>();
            for (var commit = 0; commit < commits; commit++)
                all.Add(await Store.Commits.Commit(new Changes { Audit = [AuditSamples.Entry(Now), AuditSamples.Entry(Now)], Cards = [Samples.Card(writer)] }, Ct));
            return all;
        })));

        results.SelectMany(all => all).ShouldAllBe(result => result == CommitResult.Saved);
        var verification = await Store.Verifier.Verify(Ct);
        verification.Break.ShouldBeNull();
        verification.Rows.ShouldBe(writers * commits * 2);
        verification.Erased.ShouldBe(0);
    }
}

public sealed class AuditAppendOnSqliteTests() : AuditAppendTests(DatabaseKind.Sqlite);

public sealed class AuditAppendOnPostgreSqlTests() : AuditAppendTests(DatabaseKind.PostgreSql);
