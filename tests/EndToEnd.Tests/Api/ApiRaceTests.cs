using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Api;

/// <summary>Many at once, who repeat what they are not sure of.</summary>
public sealed class ApiRaceTests(ApiDeployment deployment) : ApiTest(deployment), IClassFixture<ApiDeployment>
{
    private const int Callers = 64;

    [Fact]
    public async Task Sixty_four_who_repeat_one_call_under_one_key_file_one_request()
    {
        using var alice = await Caller("alice");
        await Files(alice, Ask("/apps/arena"));
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Patiently(alice, Ask("/apps/bridge"), "one order")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
        answers.Select(answer => answer.Body).Distinct().ShouldHaveSingleItem();
        (await Deployment.Audit.Ask("SELECT count(*) FROM requests WHERE target_name = '/apps/bridge'", Ct)).ShouldBe(1L);
    }

    [Fact]
    public async Task Sixty_four_keys_of_callers_who_each_repeat_their_call_file_one_request_each()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async number =>
        {
            var user = $"caller-{number}";
            await Administrator(HttpMethod.Post, "users", new JsonObject { ["username"] = user, ["enabled"] = true });
            return await Caller(user);
        }));
        try
        {
            await Files(created[0], Ask("/apps/canal"));
            var answers = await Task.WhenAll(created.SelectMany(caller => Enumerable.Range(0, 4).Select(_ => (caller, Task: Patiently(caller, Ask("/apps/clover"), "my order"))))
                .Select(async call => (call.caller.Id, Answer: await call.Task)));

            answers.ShouldAllBe(call => call.Answer.Status == HttpStatusCode.Created);
            answers.GroupBy(call => call.Id).ShouldAllBe(calls => calls.Select(call => call.Answer.Body).Distinct().Count() == 1);
            (await Deployment.Audit.Ask("SELECT count(*) FROM requests WHERE target_name = '/apps/clover'", Ct)).ShouldBe((long)Callers);
            (await Deployment.Audit.Ask("SELECT count(*) FROM audit WHERE kind = 'request.received' AND payload LIKE '%/apps/clover%'", Ct)).ShouldBe((long)Callers);
        }
        finally
        {
            foreach (var caller in created)
                caller.Dispose();
        }
    }

    [Fact]
    public async Task Without_a_key_one_of_many_files_it_and_the_others_are_told_which_request_that_is()
    {
        using var bob = await Caller("bob");
        await Files(bob, Ask("/apps/comet"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => bob.Post(Requests, Ask("/apps/desert"), Ct)));

        var filed = answers.Where(answer => answer.Status == HttpStatusCode.Created).ShouldHaveSingleItem();
        answers.Where(answer => answer != filed).ShouldAllBe(answer => answer.Problem == "already-open" && answer["requestId"] == filed["id"]);
    }

    [Fact]
    public async Task A_cancellation_and_a_decision_at_the_same_moment_come_to_one_outcome()
    {
        using var alice = await Caller("alice");
        using var bob = await Caller("bob");
        var request = await Pending(alice, Ask("/apps/delta"));
        var answers = await Task.WhenAll(
            alice.Post($"{Requests}/{request}/cancel", null, Ct), bob.Post($"{Requests}/{request}/votes", new JsonObject { ["choice"] = "approve" }, Ct));

        await Until(async () => (await alice.Get($"{Requests}/{request}", Ct))["status"] is "cancelled" or "approved", "it has one outcome");
        var outcome = (await alice.Get($"{Requests}/{request}", Ct))["status"];
        (answers[0].Status == HttpStatusCode.OK).ShouldBe(outcome == "cancelled");
        (await Count($"request:{request}", "request.cancelled") + await Count($"request:{request}", "request.approved")).ShouldBe(1);
    }

    [Fact]
    public async Task Killed_between_the_commit_and_the_answer_the_repeat_is_told_what_was_done()
    {
        using var alice = await Caller("alice");
        await Files(alice, Ask("/apps/dune"));
        var answers = new List<Task<ApiAnswer>>();
        var key = ("Idempotency-Key", "through a crash");
        for (var tries = 0; tries < 8; tries++)
            answers.Add(alice.Post(Requests, Ask("/apps/echo"), Ct, key));
        await Deployment.Bot.Kill();
        await Task.WhenAll(answers.Select(answer => answer.ContinueWith(_ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default)));
        await Deployment.StartBot(Ct);

        using var again = await Caller("alice");
        var told = await Files(again, Ask("/apps/echo"), key);
        told.Status.ShouldBe(HttpStatusCode.Created, told.Body);
        answers.Where(answer => answer.IsCompletedSuccessfully).ShouldAllBe(answer => answer.Result.Body == told.Body);
        (await Deployment.Audit.Ask("SELECT count(*) FROM requests WHERE target_name = '/apps/echo'", Ct)).ShouldBe(1L);
    }

    /// <summary>Repeats under the same key until there is an answer that is one.</summary>
    private static async Task<ApiAnswer> Patiently(ApiCaller caller, JsonObject body, string key)
    {
        while (true)
        {
            var answer = await caller.Post(Requests, body.DeepClone(), Ct, ("Idempotency-Key", key));
            if (answer.Status != HttpStatusCode.ServiceUnavailable)
                return answer;
            await Task.Delay(answer.RetryAfter!.Value / 10, TimeProvider.System, Ct);
        }
    }
}
