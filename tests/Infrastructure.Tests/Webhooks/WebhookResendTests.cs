using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Webhooks;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.Webhooks;

/// <summary>What was given up is sent again when somebody asks for it.</summary>
public abstract class WebhookResendTests(DatabaseKind kind) : WebhookTest(kind)
{
    private static readonly string[] given = ["request.received", "request.pending", "outcome.approved", "grant.active"];

    [Fact]
    public async Task It_arrives_in_order_with_the_same_ids_and_bytes_once_and_is_audited()
    {
        Siem.Answers = _ => new WebhookAnswer(410);
        await AskAndApprove("8h");
        await Work();
        Siem.Answers = _ => new WebhookAnswer(204);
        var resent = await Resend();
        await Work();

        resent.Events.Count.ShouldBe(given.Length);
        resent.LeftOut.ShouldBeEmpty();
        Types(Siem.Taken).ShouldBe(given);
        foreach (var tries in Siem.Tried.GroupBy(sent => sent.Id))
        {
            tries.Count().ShouldBe(2);
            tries.Select(sent => sent.Text).Distinct().ShouldHaveSingleItem();
        }

        (await Doctor()).Sentence.ShouldBe("All has arrived.");
        (await Audited()).ShouldBe(1);
        (await Resend()).Events.ShouldBeEmpty();
        (await Audited()).ShouldBe(1, "Nothing was sent again.");
    }

    [Fact]
    public async Task One_target_or_one_event_is_sent_again_and_nothing_else()
    {
        await Configure([.. ToSiem, .. ToDesk]);
        Siem.Answers = Desk.Answers = _ => new WebhookAnswer(410);
        await Ask();
        Siem.Answers = Desk.Answers = _ => new WebhookAnswer(204);

        (await Resend("nobody")).Events.ShouldBeEmpty();
        await Resend("desk");
        await Work();
        Types(Desk.Taken).ShouldBe(["request.received", "request.pending"]);
        Siem.Taken.ShouldBeEmpty();

        await Resend(eventId: Siem.Tried[1].Id);
        await Work();
        Types(Siem.Taken).ShouldBe(["request.pending"]);
        (await Rows("dead = 'gone' AND target = 'siem'")).ShouldBe(1);
    }

    [Fact]
    public async Task It_goes_before_what_waits_and_is_tried_for_three_days_from_then()
    {
        Siem.Answers = _ => new WebhookAnswer(503);
        await Ask();
        await Pass(Days(3));
        (await Rows("dead = 'expired'")).ShouldBe(2);

        await Resend();
        await Pass(Days(3) - Minutes(1));
        (await Rows("dead IS NULL")).ShouldBe(2);
        await Pass(Minutes(1));
        (await Rows("dead = 'expired'")).ShouldBe(2);

        await Resend();
        Siem.Answers = _ => new WebhookAnswer(204);
        await Work();
        Types(Siem.Taken).ShouldBe(["request.received", "request.pending"]);
    }

    [Fact]
    public async Task What_is_for_a_target_that_is_not_set_up_stays_as_it_is()
    {
        Siem.Answers = _ => new WebhookAnswer(410);
        await Ask();
        await Configure(ToDesk);
        var resent = await Resend();

        resent.Events.ShouldBeEmpty();
        resent.LeftOut.Select(one => one.Target).ShouldBe(["siem", "siem"]);
        (await Rows("dead = 'gone'")).ShouldBe(2);
        (await Audited()).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_due_already_or_no_longer_there_is_not_called_sent_again()
    {
        Siem.Answers = _ => new WebhookAnswer(410);
        await Ask();
        var ids = (await Store.Webhooks.Dead(null, null, Ct)).Select(one => one.Id).ToList();
        (await Store.Commits.Commit(new Changes { Resent = [ids[0]] }, Ct)).ShouldBe(CommitResult.Saved);

        (await Store.Commits.Commit(new Changes { Resent = ids }, Ct)).ShouldBe(CommitResult.Conflict);
        (await Store.Commits.Commit(new Changes { Resent = [ids[1], 99] }, Ct)).ShouldBe(CommitResult.Conflict);
        (await Rows("dead = 'gone'")).ShouldBe(1);
    }

    private Task<ResentWebhooks> Resend(string? target = null, string? eventId = null) => Workers.Resend(target, eventId, Ct);

    private Task<long> Audited() => Sql.CountAsync(Store.Database, $"SELECT count(*) FROM audit WHERE kind = '{AuditKind.WebhooksResent}'", Ct);
}

public sealed class SqliteWebhookResendTests() : WebhookResendTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlWebhookResendTests() : WebhookResendTests(DatabaseKind.PostgreSql);
