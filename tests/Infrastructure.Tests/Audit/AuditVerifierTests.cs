using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Audit;
using ChatGovernance.Infrastructure.Tests.Persistence;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport.Databases;

namespace ChatGovernance.Infrastructure.Tests.Audit;

/// <summary>Somebody with the right to write to the database does so; the chain has five rows.</summary>
public abstract class AuditVerifierTests(DatabaseKind kind) : StoreTests(kind)
{
    public static TheoryData<string, int, AuditProblem> Tampering => new()
    {
        { "UPDATE audit SET payload = replace(payload, 'approve', 'deny') WHERE number = 3", 3, new AuditProblem.PayloadAltered() },
        { "UPDATE audit SET hash = (SELECT o.hash FROM audit AS o WHERE o.number = 1) WHERE number = 3", 3, new AuditProblem.PayloadAltered() },
        { "UPDATE audit SET previous_hash = (SELECT o.hash FROM audit AS o WHERE o.number = 1) WHERE number = 3", 3, new AuditProblem.WrongPreviousHash() },
        { "DELETE FROM audit WHERE number = 1", 1, new AuditProblem.Missing() },
        { "DELETE FROM audit WHERE number = 3", 3, new AuditProblem.Missing() },
        { "UPDATE audit SET number = number + 10 WHERE number > 3", 4, new AuditProblem.Missing() },
        { "UPDATE audit SET number = 30 WHERE number = 3; UPDATE audit SET number = 3 WHERE number = 4; UPDATE audit SET number = 4 WHERE number = 30", 3, new AuditProblem.WrongPreviousHash() },
        { "INSERT INTO audit SELECT 6, at, kind, subject, payload, previous_hash, hash FROM audit WHERE number = 5", 6, new AuditProblem.WrongPreviousHash() },
        { "INSERT INTO audit SELECT 0, at, kind, subject, payload, previous_hash, hash FROM audit WHERE number = 1", 0, new AuditProblem.Impossible() },
        { "UPDATE audit SET kind = 'vote.counted' WHERE number = 3", 3, new AuditProblem.ColumnAltered("kind") },
        { "UPDATE audit SET subject = 'system' WHERE number = 3", 3, new AuditProblem.ColumnAltered("subject") },
        { "UPDATE audit SET at = at + 1 WHERE number = 3", 3, new AuditProblem.ColumnAltered("at") },
        { "UPDATE audit_text SET text = 'Mallory' WHERE number = 3 AND field = 'by'", 3, new AuditProblem.TextAltered("by") },
        { "UPDATE audit_text SET salt = NULL WHERE number = 3 AND field = 'by'", 3, new AuditProblem.TextAltered("by") },
        { "INSERT INTO audit_text SELECT number, 'witness', salt, text FROM audit_text WHERE number = 3 AND field = 'by'", 3, new AuditProblem.TextAdded("witness") },
        { "DELETE FROM audit WHERE number = 5", 5, new AuditProblem.TailMissing(5) },
        { "DELETE FROM audit", 1, new AuditProblem.TailMissing(5) },
        { "UPDATE audit_head SET number = 4, hash = (SELECT hash FROM audit WHERE number = 4)", 5, new AuditProblem.BeyondHead(4) },
        { "DELETE FROM audit_head", 1, new AuditProblem.BeyondHead(0) },
        { "UPDATE audit_head SET hash = (SELECT hash FROM audit WHERE number = 4)", 5, new AuditProblem.HeadDiffers() },
    };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        for (var row = 1; row <= 5; row++)
            (await Store.Commits.Commit(new Changes { Audit = [AuditSamples.Entry(Now)] }, Ct)).ShouldBe(CommitResult.Saved);
    }

    [Fact]
    public async Task A_chain_that_nobody_touched_holds()
    {
        var verification = await Store.Verifier.Verify(Ct);

        verification.Holds.ShouldBeTrue();
        (verification.Rows, verification.Erased).ShouldBe((5, 0));
        verification.HeadHash.Length.ShouldBe(64);
    }

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task Tampering_is_found_at_the_first_row_that_does_not_hold(string sql, int number, AuditProblem problem)
    {
        await Sql.ExecuteAsync(Store.Database, sql, Ct);

        (await Store.Verifier.Verify(Ct)).Break.ShouldBe(new AuditBreak(number, problem));
    }

    [Theory]
    [InlineData("UPDATE audit_text SET salt = NULL, text = NULL WHERE number = 3")]
    [InlineData("DELETE FROM audit_text WHERE number = 3")]
    public async Task Erased_text_is_reported_and_no_break(string sql)
    {
        await Sql.ExecuteAsync(Store.Database, sql, Ct);

        var verification = await Store.Verifier.Verify(Ct);

        verification.Break.ShouldBeNull();
        verification.Erased.ShouldBe(2);
    }

    [Fact]
    public async Task A_chain_goes_on_after_text_was_erased()
    {
        await Sql.ExecuteAsync(Store.Database, "DELETE FROM audit_text", Ct);
        await Store.Commits.Commit(new Changes { Audit = [AuditSamples.Entry(Now)] }, Ct);

        var verification = await Store.Verifier.Verify(Ct);

        (verification.Holds, verification.Rows, verification.Erased).ShouldBe((true, 6, 10));
    }

    [Fact]
    public async Task A_chain_longer_than_a_page_is_followed_to_its_end()
    {
        for (var commit = 0; commit < 11; commit++)
            await Store.Commits.Commit(new Changes { Audit = [.. Enumerable.Repeat(AuditSamples.Entry(Now), 100)] }, Ct);
        (await Store.Verifier.Verify(Ct)).Rows.ShouldBe(1105);

        await Sql.ExecuteAsync(Store.Database, "UPDATE audit_text SET text = 'x' WHERE number = 1001 AND field = 'by'", Ct);
        (await Store.Verifier.Verify(Ct)).Break.ShouldBe(new AuditBreak(1001, new AuditProblem.TextAltered("by")));
    }
}

public sealed class AuditVerifierOnSqliteTests() : AuditVerifierTests(DatabaseKind.Sqlite);

public sealed class AuditVerifierOnPostgreSqlTests() : AuditVerifierTests(DatabaseKind.PostgreSql);
