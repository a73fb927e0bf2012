using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Tests.UseCases;
using ChatGovernance.Infrastructure.Webhooks;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using ChatGovernance.TestSupport.Webhooks;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.Webhooks;

/// <summary>What receivers get: in order of each subject, at least once, for three days.</summary>
public abstract class WebhookDeliveryTests(DatabaseKind kind) : WebhookTest(kind)
{
    private static readonly string[] life = ["request.received", "request.pending", "outcome.approved", "grant.active", "end.begun", "end.finished"];

    [Fact]
    public async Task A_whole_life_arrives_in_order_once_and_signed_and_nothing_is_kept_of_it()
    {
        var request = await AskAndApprove("1h");
        Siem.Tried.ShouldAllBe(sent => sent.IsSignedWith(Secret, Clock.GetUtcNow()));
        await Pass(Hours(2));

        Types(Siem.Tried).ShouldBe(life);
        Siem.Tried.Count.ShouldBe(life.Length);
        foreach (var sent in Siem.Tried)
        {
            (sent.Method, sent.Path, sent.Subject).ShouldBe(("POST", "/events", $"request:{request}"));
            sent.Headers["content-type"].ShouldBe("application/cloudevents+json; charset=utf-8");
            sent.Headers.Keys.ShouldNotContain("traceparent");
            sent.Id.ShouldBe($"{(string)sent.Data["auditNumber"]!}-{(string)sent.Data["auditHash"]!}");
        }

        (await Rows()).ShouldBe(0);
        (await Doctor()).ShouldBe(Core.Health.Check.Ok("siem", "All has arrived."));
    }

    [Fact]
    public async Task While_the_first_event_of_a_subject_is_tried_again_later_ones_wait_and_other_subjects_go_on()
    {
        var broken = true;
        string? first = null;
        Siem.Answers = sent => new WebhookAnswer(broken && sent.Subject == (first ??= sent.Subject) ? 500 : 204);
        await AskAndApprove("1h");
        await Ask(by: Mallory);
        await Pass(Hours(3));

        Siem.Tried.Where(sent => sent.Subject == first).Select(sent => sent.Id).Distinct().ShouldHaveSingleItem();
        Types(Siem.Taken).ShouldBe(["request.received", "request.pending"]);
        Siem.Taken.ShouldAllBe(sent => sent.Subject != first);

        broken = false;
        await Pass(Minutes(31));
        Types(Siem.Taken.Where(sent => sent.Subject == first)).ShouldBe(life);
    }

    [Fact]
    public async Task What_waits_behind_another_event_is_not_called_due()
    {
        Siem.Answers = _ => new WebhookAnswer(500);
        await AskAndApprove("8h");
        await Pass(Hours(1));
        await Press(new Command.ReturnGrant(AccountOf(Alice), (await RequestsOf(Alice)).Single().Id));
        await Work();

        (await Rows("due_at IS NOT NULL")).ShouldBeGreaterThan(4);
        (await Rows($"due_at <= {Clock.GetUtcNow().UtcTicks}")).ShouldBe(0);
    }

    [Fact]
    public async Task Another_target_goes_on_while_one_does_not_answer()
    {
        await Configure([.. ToSiem, .. ToDesk]);
        Siem.Answers = _ => new WebhookAnswer(null);
        await AskAndApprove("1h");
        Desk.Taken.Count.ShouldBe(4);
        Desk.Taken.ShouldAllBe(sent => sent.IsSignedWith(DeskSecret, Clock.GetUtcNow()));
        Siem.Taken.ShouldBeEmpty();

        await Pass(Hours(2));
        Types(Desk.Taken).ShouldBe(life);
        Siem.Answers = _ => new WebhookAnswer(200);
        await Pass(Hours(1));
        Siem.Taken.Select(sent => sent.Id).ShouldBe(Desk.Taken.Select(sent => sent.Id));
    }

    [Fact]
    public async Task A_target_that_does_not_answer_is_left_alone_whatever_waits_for_it()
    {
        Siem.Answers = _ => new WebhookAnswer(null);
        foreach (var person in new[] { Alice, Bob, Carol, Mallory })
            await Send(by: person);
        await Work();

        Siem.Tried.Count.ShouldBe(1);
        await Pass(Hours(1));
        Siem.Tried.Count.ShouldBeLessThan(30);
    }

    [Theory]
    [InlineData(500, "120", 120)]
    [InlineData(429, "120", 120)]
    [InlineData(503, "2027-01-04T09:10:00Z", 600)]
    [InlineData(429, "86400", 3600)]
    public async Task A_receiver_that_asks_for_time_is_given_it_and_no_more_than_an_hour(int status, string wait, int seconds)
    {
        var header = DateTimeOffset.TryParse(wait, System.Globalization.CultureInfo.InvariantCulture, out var date) && wait.Contains('T') ? date.ToString("R") : wait;
        Siem.Answers = _ => new WebhookAnswer(Siem.Tried.Count == 0 ? status : 204, header);
        await Ask();
        await Pass(Seconds(seconds - 1));
        Siem.Tried.Count.ShouldBe(1);

        await Pass(Seconds(1));
        Types(Siem.Taken).ShouldBe(["request.received", "request.pending"]);
    }

    [Fact]
    public async Task An_event_that_nobody_takes_for_three_days_is_dead_holds_up_nothing_and_the_doctor_says_so()
    {
        Siem.Answers = sent => new WebhookAnswer(sent.Type == WebhookType.RequestReceived ? 503 : 204);
        await Ask();
        await Pass(Hours(2));
        var waits = await Doctor();
        waits.Result.ShouldBe(Core.Health.CheckResult.Failed);
        waits.Sentence.ShouldBe("2 events wait, the oldest for 2 hours; the last answer was 503.");
        waits.Mend.ShouldBe("Have its receiver answer with 2xx. Each event is tried for 3 days after it happened, then it is given up.");

        await Pass(Days(3) - Hours(2) - Seconds(1));
        Siem.Taken.ShouldBeEmpty();
        var tries = Siem.Tried.Count;
        tries.ShouldBeGreaterThan(2 * 24 * 3 - 10);

        await Pass(Seconds(1));
        Types(Siem.Taken).ShouldBe(["request.pending"]);
        (Siem.Tried.Count - Siem.Taken.Count).ShouldBe(tries + 1);
        var lost = await Doctor();
        lost.Result.ShouldBe(Core.Health.CheckResult.Warning);
        lost.Sentence.ShouldBe("1 event of the last 30 days never arrived (tried for 3 days, last answer 503; row 1 of the audit).");
        lost.Mend.ShouldBe("chatgovernance webhooks resend --target siem sends it again. It is kept, and this is said, for 30 days.");
    }

    [Fact]
    public async Task What_was_given_up_is_told_for_thirty_days_and_then_deleted()
    {
        Siem.Answers = sent => new WebhookAnswer(sent.Type == WebhookType.RequestReceived ? 410 : 204);
        await Ask();
        (await Rows("dead = 'gone'")).ShouldBe(1);

        await Pass(Days(30) - Minutes(1));
        (await Doctor()).Sentence.ShouldBe("1 event of the last 30 days never arrived (the receiver answered 410: it wants no more; row 1 of the audit).");
        await Forget();
        (await Rows()).ShouldBe(1);
        await Pass(Minutes(2));
        (await Doctor()).Sentence.ShouldBe("All has arrived.");
        await Forget();
        (await Rows()).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_gone_is_not_tried_again_and_what_comes_after_it_is()
    {
        Siem.Answers = sent => new WebhookAnswer(sent.Type == WebhookType.RequestReceived ? 410 : 204);
        await AskAndApprove("1h");
        await Pass(Hours(2));

        Siem.Tried.Count(sent => sent.Type == WebhookType.RequestReceived).ShouldBe(1);
        Types(Siem.Taken).ShouldBe(life.Skip(1));
    }

    [Theory, InlineData(301), InlineData(302), InlineData(307), InlineData(308)]
    public async Task No_redirect_is_followed(int status)
    {
        Siem.Answers = _ => new WebhookAnswer(status, Location: Desk.Url.ToString());
        await Ask();
        await Pass(Minutes(1));

        Desk.Tried.ShouldBeEmpty();
        Siem.Tried.Count.ShouldBeGreaterThan(1);
        (await Rows($"answer = '{status}'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_without_an_end_holds_up_nothing()
    {
        Siem.Answers = _ => new WebhookAnswer(200, Endless: true);
        await AskAndApprove("1h");

        Siem.Tried.Count.ShouldBe(4);
        (await Rows()).ShouldBe(0);
    }

    [Fact]
    public async Task While_secrets_are_exchanged_each_of_the_two_proves_it()
    {
        await Configure([.. ToSiem, ("Webhooks:0:SecretPrevious", DeskSecret)]);
        await Ask();

        Siem.Taken.Count.ShouldBe(2);
        Siem.Taken.ShouldAllBe(sent => sent.IsSignedWith(Secret, Clock.GetUtcNow()) && sent.IsSignedWith(DeskSecret, Clock.GetUtcNow()));
        Siem.Taken.ShouldAllBe(sent => !sent.IsSignedWith("another secret that is long", Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Each_try_is_signed_by_its_own_time_and_sends_the_same_bytes()
    {
        Siem.Answers = _ => new WebhookAnswer(Siem.Tried.Count < 5 ? 500 : 204);
        await Ask();
        await Pass(Hours(1));

        var tries = Siem.Tried.Where(sent => sent.Type == WebhookType.RequestReceived).ToList();
        tries.Count.ShouldBe(6);
        tries.Select(sent => sent.Headers["webhook-timestamp"]).ShouldBeUnique();
        tries.Select(sent => (sent.Id, sent.Text)).Distinct().ShouldHaveSingleItem();
    }

    [Theory, InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task At_least_once_a_crash_between_the_post_and_the_save_sends_the_same_id_and_bytes_again(CrashAt at)
    {
        Commits.At = at;
        await AskAndApprove("1h");
        await Pass(Hours(4));

        Types(Siem.Tried).ShouldBe(life);
        foreach (var tries in Siem.Tried.GroupBy(sent => sent.Id))
        {
            tries.Count().ShouldBe(at == CrashAt.BeforeEach ? 2 : 1);
            tries.Select(sent => sent.Text).Distinct().ShouldHaveSingleItem();
        }

        (await Rows()).ShouldBe(0);
    }

    [Fact]
    public async Task A_receiver_that_is_silent_is_given_up_on_after_ten_seconds()
    {
        var release = new TaskCompletionSource();
        Siem.Held = release.Task;
        await Send();
        var working = Work();
        while (Siem.Tried.Count == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        working.IsCompleted.ShouldBeFalse();
        Clock.Advance(WebhookTargets.Timeout);
        await working;

        (await Rows("answer = 'no-answer'")).ShouldBe(1);
        (Siem.Held, _) = (Task.CompletedTask, release.TrySetResult());
        await Pass(Minutes(1));
        Types(Siem.Tried).ShouldBe(["request.received", "request.pending"]);
    }

    [Fact]
    public async Task A_replica_that_does_not_know_a_target_leaves_its_events_to_those_that_do()
    {
        Siem.Answers = _ => new WebhookAnswer(500);
        await Ask();
        await Configure();
        await Pass(Minutes(30));
        await Configure(ToSiem);
        Siem.Answers = _ => new WebhookAnswer(204);
        await Pass(Minutes(1));

        Types(Siem.Taken).ShouldBe(["request.received", "request.pending"]);
    }

    [Fact]
    public async Task Events_of_a_target_that_left_the_configuration_are_dead_after_an_hour_and_the_doctor_says_so()
    {
        Siem.Answers = _ => new WebhookAnswer(500);
        await Ask();
        await Configure();
        await Pass(Minutes(5));
        (await Doctor()).Sentence.ShouldBe("It is no longer set up. 2 events for it will be given up soon.");

        await Pass(Hours(1));
        var tries = Siem.Tried.Count;
        (await Rows("dead = 'not-configured'")).ShouldBe(2);
        var check = await Doctor();
        check.Result.ShouldBe(Core.Health.CheckResult.Warning);
        check.Sentence.ShouldBe("It is no longer set up. 2 events of the last 30 days never arrived (the target was no longer configured; between rows 1 and 2 of the audit).");
        check.Mend.ShouldBe("If that was not meant, set it up again in Webhooks under the same name; then chatgovernance webhooks resend --target siem sends again what was given up.");
        await Pass(Days(4));
        Siem.Tried.Count.ShouldBe(tries);
    }

    [Fact]
    public async Task A_receiver_gets_the_types_that_it_wants_and_no_other()
    {
        await Configure([.. ToSiem, ("Webhooks:0:Events:0", "io.chatgovernance.end"), ("Webhooks:0:Events:1", WebhookType.Denied), .. ToDesk]);
        await AskAndApprove("1h");
        await Pass(Hours(2));
        var denied = await Ask();
        await Vote(denied, Bob, Core.Approvals.Choice.Deny, "Not tonight.");
        await Work();

        Types(Siem.Tried).ShouldBe(["end.begun", "end.finished", "outcome.denied"]);
        Desk.Tried.Count.ShouldBe(life.Length + 3);
        Desk.Tried.Select(sent => sent.Id).ShouldBeUnique();
    }

    [Fact]
    public async Task What_somebody_takes_away_in_the_directory_is_told_as_a_drift_beside_the_end()
    {
        var started = Clock.GetUtcNow();
        var request = await AskAndApprove("8h");
        Clock.Advance(Minutes(10));
        Directory.TakeOutside(Alice, Database);
        await Follow(started);
        await Pass(Minutes(1));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.RemovedOutside);
        Types(Siem.Taken).Skip(4).ShouldBe(["end.begun", "drift.removed-outside", "end.finished"]);
        Siem.Taken.Select(sent => sent.Id).ShouldBeUnique();
        var end = Siem.Taken.Single(sent => sent.Type == WebhookType.EndFinished).Data;
        ((string)end["why"]!, (string)end["outcome"]!).ShouldBe(("RemovedOutside", "AlreadyGone"));
    }

    [Fact]
    public async Task What_somebody_gives_again_in_the_directory_is_told_as_a_drift_beside_the_end()
    {
        await AskAndApprove("1h");
        Clock.Advance(Minutes(10));
        Directory.TakeOutside(Alice, Database);
        Directory.GiveOutside(Alice, Database);
        await Pass(Hours(2));

        Types(Siem.Taken).Skip(4).ShouldBe(["end.begun", "end.finished", "drift.added-outside"]);
    }

    [Fact]
    public async Task No_name_and_no_reason_is_in_what_is_sent()
    {
        Offer(("break-glass-group", "/approvers"));
        await AskAndApprove("1h");
        await Pass(Hours(2));
        var denied = await Ask(ticket: "OPS-1");
        await Vote(denied, Bob, Core.Approvals.Choice.Deny, "Not tonight.");
        await Work();
        await Ask(by: Mallory);
        Directory.Change(Mallory, person => person with { Enabled = false });
        await Pass(Days(8));

        Siem.Taken.Count.ShouldBeGreaterThan(10);
        foreach (var personal in (string[])["Archer", "Baker", "Cooper", "Moss", "nightly", "tonight", "OPS-1"])
            Siem.Taken.ShouldAllBe(sent => !sent.Text.Contains(personal, StringComparison.OrdinalIgnoreCase), personal);
    }

    [Fact]
    public async Task Where_nobody_is_set_up_nothing_is_written()
    {
        await Configure();
        await AskAndApprove("1h");
        await Pass(Hours(2));

        (await Rows()).ShouldBe(0);
        (await Examine()).ShouldBe([Core.Health.Check.Ok("targets", "None is set up, so nobody is told anything.")]);
    }

    [Fact]
    public async Task A_commit_that_is_not_made_tells_nobody()
    {
        var request = await Ask();
        var before = Siem.Tried.Count;
        var loaded = (await Store.Requests.Load(request, Ct)).ShouldNotBeNull();
        var audit = new Core.Audit.AuditEntry { Kind = Core.Audit.AuditKind.RequestCancelled, Subject = Subject.Of(request), At = Clock.GetUtcNow() };
        (await Store.Commits.Commit(new Changes { Request = loaded with { Version = loaded.Version - 1 }, Audit = [audit] }, Ct)).ShouldBe(CommitResult.Conflict);
        await Work();

        Siem.Tried.Count.ShouldBe(before);
        (await Rows()).ShouldBe(0);
    }

    [Fact]
    public async Task What_cannot_be_told_later_does_not_happen()
    {
        var request = await Ask();
        BeforeEachWriting(() => throw new BugException("A bug."));
        var loaded = (await Store.Requests.Load(request, Ct)).ShouldNotBeNull();
        var audit = new Core.Audit.AuditEntry { Kind = Core.Audit.AuditKind.RequestLapsed, Subject = Subject.Of(request), At = Clock.GetUtcNow() };
        var lapsed = loaded with { Value = loaded.Value with { State = new RequestState.Lapsed(Clock.GetUtcNow()) } };
        await Should.ThrowAsync<BugException>(() => Store.Commits.Commit(new Changes { Request = lapsed, Audit = [audit] }, Ct));

        await StateOf<RequestState.Pending>(request);
    }

    [Fact]
    public async Task An_event_on_which_work_throws_again_and_again_steps_aside()
    {
        BeforeEachTry(sent =>
        {
            if (sent.Type == WebhookType.RequestReceived)
                throw new BugException("A bug.");
        });
        await Ask();
        await Pass(Hours(1));

        (await Rows("dead = 'BugException'")).ShouldBe(1);
        Types(Siem.Taken).ShouldBe(["request.pending"]);
        (await Doctor()).Sentence.ShouldBe("1 event of the last 30 days never arrived (it could not be sent: BugException; row 1 of the audit).");
    }
}

public sealed class SqliteWebhookDeliveryTests() : WebhookDeliveryTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlWebhookDeliveryTests() : WebhookDeliveryTests(DatabaseKind.PostgreSql);
