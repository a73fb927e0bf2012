using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Tests.UseCases;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

/// <summary>What was asked for, given and recorded, in pages; and answers that are kept for those who repeat a call.</summary>
public abstract class HistoryTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task Pages_show_each_request_once_though_some_come_and_others_change_in_between()
    {
        var ids = new List<RequestId>();
        for (var number = 0; number < 7; number++)
        {
            ids.Add(await Ask());
            await Press(new Command.CancelRequest(AccountOf(Alice), ids[^1]));
            await Pass(Minutes(1));
        }

        var seen = new List<RequestId>();
        RequestId? after = null;
        do
        {
            var page = await Store.History.Requests(new RequestQuery { Requester = Alice.Id }, after, 3, Ct);
            seen.AddRange(page.Items.Select(item => item.Value.Id));
            await Ask(by: Alice);
            await Press(new Command.CancelRequest(AccountOf(Alice), (await Store.Requests.FindOpen(Alice.Id, Database, Ct))!.Value));
            await Work();
            after = page.More ? page.Items[^1].Value.Id : null;
        }
        while (after is not null);

        seen.ShouldBe(Enumerable.Reverse(ids));
    }

    [Fact]
    public async Task Those_that_wait_for_somebody_are_those_that_they_were_asked_about_and_have_not_decided()
    {
        Offer(("approvals", "2"));
        var request = await Ask();
        await Pass(Minutes(1));
        var other = await Ask(by: Bob);
        Ids(await Store.History.Requests(new RequestQuery { WaitingFor = Bob.Id }, null, 10, Ct)).ShouldBe([request]);
        Ids(await Store.History.Requests(new RequestQuery { WaitingFor = Mallory.Id }, null, 10, Ct)).ShouldBeEmpty();
        await Vote(request, Bob);
        await Work();

        Ids(await Store.History.Requests(new RequestQuery { WaitingFor = Bob.Id }, null, 10, Ct)).ShouldBeEmpty();
        Ids(await Store.History.Requests(new RequestQuery { Involving = Bob.Id }, null, 10, Ct)).ShouldBe([other]);
    }

    [Fact]
    public async Task Grants_are_found_by_person_target_state_and_request_over_or_not()
    {
        var request = await AskAndApprove("1h");
        var grant = (await Store.History.Grants(new GrantQuery { Person = Alice.Id }, null, 10, Ct)).Items.ShouldHaveSingleItem();
        (grant.Grant.State.Name, grant.TargetName, grant.Person).ShouldBe(("active", DatabaseName, Alice));
        await Pass(Hours(2));

        foreach (var query in (GrantQuery[])[new() { Target = Database }, new() { State = "ended" }, new() { Request = request }])
            (await Store.History.Grants(query, null, 10, Ct)).Items.ShouldHaveSingleItem().Grant.Id.ShouldBe(grant.Grant.Id);
        (await Store.History.Grants(new GrantQuery { State = "active" }, null, 10, Ct)).Items.ShouldBeEmpty();
        (await Store.History.Grant(grant.Grant.Id, Ct)).ShouldNotBeNull().Version.ShouldBeGreaterThan(grant.Version);
    }

    [Fact]
    public async Task The_audit_is_read_in_order_page_by_page_with_what_is_personal_beside_it()
    {
        var request = await Ask();
        var all = (await Store.History.Audit(new AuditQuery(), 0, 200, Ct)).Items;
        all.Select(row => row.Number).ShouldBe(Enumerable.Range(1, all.Count).Select(number => (long)number));
        var head = await Store.History.AuditHead(Ct);
        (head.Number, head.Hash).ShouldBe((all[^1].Number, all[^1].Hash));
        (await Store.History.Audit(new AuditQuery(), 0, 1, Ct)).ShouldSatisfyAllConditions(page => page.More.ShouldBeTrue(), page => page.Items.ShouldHaveSingleItem().Number.ShouldBe(1));

        var received = (await Store.History.Audit(new AuditQuery { Kind = "request.received", Subject = Subject.Of(request), From = Now, Until = Now + Hours(1) }, 0, 10, Ct)).Items.ShouldHaveSingleItem();
        (received.Personal["justification"], received.Facts["target-name"]).ShouldBe(("To repair the nightly import.", DatabaseName));
        (await Store.History.Audit(new AuditQuery { Until = Now }, 0, 10, Ct)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_is_kept_once_with_what_it_tells_of_and_a_second_one_under_its_key_saves_nothing()
    {
        var first = new Reply("api:alice:1", [1], [2], Now);
        (await Store.Commits.Commit(new Changes { Reply = first }, Ct)).ShouldBe(CommitResult.Saved);
        var second = new Changes
        {
            Reply = first with { Call = [9], Answer = [9] },
            Filed = [Requests.ARequest()],
        };
        (await Store.Commits.Commit(second, Ct)).ShouldBe(CommitResult.Conflict);
        var kept = (await Store.Replies.Find(first.Key, Now, Ct)).ShouldNotBeNull();
        (kept.Call.Single(), kept.Answer.Single(), kept.At).ShouldBe(((byte)1, (byte)2, Now));
        (await Store.History.Requests(new RequestQuery(), null, 10, Ct)).Items.ShouldBeEmpty();

        await Store.Replies.Forget(Now, Ct);
        (await Store.Replies.Find(first.Key, Now, Ct)).ShouldNotBeNull("it is not from before");
        (await Store.Replies.Find(first.Key, Now + Hours(1), Ct)).ShouldBeNull("it is too old to count");
        var later = first with { Call = [3], At = Now + Reply.Kept + Hours(1) };
        (await Store.Commits.Commit(new Changes { Reply = later }, Ct)).ShouldBe(CommitResult.Saved, "the key is free again");
        (await Store.Replies.Find(first.Key, Now, Ct)).ShouldNotBeNull().Call.ShouldBe([3]);
        await Store.Replies.Forget(later.At + Hours(1), Ct);
        (await Store.Replies.Find(first.Key, Now, Ct)).ShouldBeNull();
    }

    private static IEnumerable<RequestId> Ids(Page<Versioned<AccessRequest>> page) => page.Items.Select(item => item.Value.Id);
}

public sealed class SqliteHistoryTests() : HistoryTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlHistoryTests() : HistoryTests(DatabaseKind.PostgreSql);
