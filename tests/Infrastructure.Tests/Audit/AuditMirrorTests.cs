using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Tests.Persistence;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Persistence;

namespace ChatGovernance.Infrastructure.Tests.Audit;

public sealed class AuditMirrorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Rows_are_mirrored_in_their_transaction_with_number_and_hash(DatabaseKind kind)
    {
        var clock = new ManualClock();
        var mirror = new OneNoteARow();
        await using var store = await TestStore.Create(kind, clock, mirror);

        await store.Commits.Commit(new Changes { Audit = [AuditSamples.Entry(clock.GetUtcNow()), AuditSamples.Entry(clock.GetUtcNow())] }, Ct);

        mirror.Seen.Select(row => row.Number).ShouldBe([1, 2]);
        mirror.Seen[1].ShortHash.ShouldBe((await store.Verifier.Verify(Ct)).HeadHash[..12]);
        (await Sql.CountAsync(store.Database, "SELECT COUNT(*) FROM notes WHERE key IN ('audit:1', 'audit:2')", Ct)).ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public async Task A_mirror_that_throws_leaves_no_row(DatabaseKind kind)
    {
        var clock = new ManualClock();
        await using var store = await TestStore.Create(kind, clock, new Broken());

        await Should.ThrowAsync<InvalidOperationException>(
            () => store.Commits.Commit(new Changes { Audit = [AuditSamples.Entry(clock.GetUtcNow())], Cards = [Samples.Card(1)] }, Ct));

        (await store.Verifier.Verify(Ct)).Rows.ShouldBe(0);
        (await store.Cards.Find(Samples.Card(1), Ct)).ShouldBeNull();
    }

    private sealed class OneNoteARow : IAuditMirror
    {
        public List<AuditRow> Seen { get; } = [];

        public IReadOnlyList<Note> Mirror(IReadOnlyList<AuditRow> rows)
        {
            Seen.AddRange(rows);
            return [.. rows.Select(row => Samples.Note($"audit:{row.Number}"))];
        }
    }

    private sealed class Broken : IAuditMirror
    {
        public IReadOnlyList<Note> Mirror(IReadOnlyList<AuditRow> rows) => throw new InvalidOperationException("A bug.");
    }
}
