using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Api;

/// <summary>What people and programs do by the REST API, from the first call to the end of the access.</summary>
public sealed class ApiJourneyTests(ApiDeployment deployment) : ApiTest(deployment), IClassFixture<ApiDeployment>
{
    [Fact]
    public async Task Somebody_asks_by_the_simple_shape_another_approves_in_chat_and_it_is_given_back_by_a_call()
    {
        using var alice = await Caller("alice");
        var filed = await Files(alice, Ask("/apps/arena"));
        filed.Status.ShouldBe(HttpStatusCode.Created, filed.Body);
        filed.Location.ShouldBe($"/{Requests}/{filed["id"]}");
        (filed.Json["requester"]!["id"]!.GetValue<string>(), filed.Json["beneficiary"]!["name"]!.GetValue<string>(), filed["length"]).ShouldBe((alice.Id, "Alice Adams", "1h"));

        var question = await Question(Bob, Alice, "/apps/arena");
        await Presses(Bob, question, "Approve");
        await Told(Alice, "Granted: you now have /apps/arena");
        var grant = await Grant(alice, filed["id"]!, "active");
        (await Holds("alice", "/apps/arena")).ShouldBeTrue();

        var ended = await alice.Post($"{Grants}/{grant}/end", null, Ct);
        (ended.Status, ended["status"]).ShouldBe((HttpStatusCode.Accepted, "ending"));
        await Grant(alice, filed["id"]!, "ended");
        (await Holds("alice", "/apps/arena")).ShouldBeFalse();
        (await alice.Post($"{Grants}/{grant}/end", null, Ct)).Problem.ShouldBe("grant-over");
    }

    [Fact]
    public async Task A_request_in_chat_is_approved_and_revoked_by_calls()
    {
        using var bob = await Caller("bob");
        using var alice = await Caller("alice");
        var (bobs, _) = await AsksBoth(Alice, "/apps/bridge");
        var request = bobs.Buttons[0].Value!;
        (await bob.Get($"{Requests}?waitingForMe=true", Ct)).Json["items"]!.AsArray().Select(item => (string)item!["id"]!).ShouldContain(request);

        var voted = await bob.Post($"{Requests}/{request}/votes", new JsonObject { ["choice"] = "approve", ["atMost"] = "30m" }, Ct);
        voted.Status.ShouldBe(HttpStatusCode.Accepted, voted.Body);
        await Becomes(Bob, bobs, IsClosed);
        await Told(Alice, "Granted: you now have /apps/bridge");
        var grant = await Grant(bob, request, "active");
        var outcome = (await alice.Get($"{Requests}/{request}", Ct)).Json;
        ((string)outcome["outcome"]!["by"]!["name"]!, (string)outcome["votes"]![0]!["atMost"]!).ShouldBe(("Bob Brown", "30m"));

        (await bob.Post($"{Grants}/{grant}/revoke", null, Ct)).Status.ShouldBe(HttpStatusCode.Accepted);
        await Told(Alice, "Your access to /apps/bridge has ended");
        (await Holds("alice", "/apps/bridge")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_question_by_a_call_is_answered_in_chat_and_one_from_chat_by_a_call()
    {
        using var bob = await Caller("bob");
        using var alice = await Caller("alice");
        var (bobs, _) = await AsksBoth(Alice, "/apps/lagoon");
        var request = bobs.Buttons[0].Value!;
        (await bob.Post($"{Requests}/{request}/questions", new JsonObject { ["text"] = "Which import is it?" }, Ct)).Status.ShouldBe(HttpStatusCode.Created);
        var told = await Told(Alice, "Bob Brown has a question about the request for /apps/lagoon");
        var answering = await Opens(Alice, async () => (await Alice.Clicks(told, "Answer", Ct)).Worked.ShouldBeTrue(), view => view.Title == "Answer a question");
        answering.Writes("question", "The nightly one.");
        (await answering.Submits(Ct)).Closed.ShouldBeTrue();
        bobs = await Becomes(Bob, bobs, message => message.Text.Contains("The nightly one.", StringComparison.Ordinal));

        var asking = await Opens(Bob, async () => (await Bob.Clicks(bobs, "Ask", Ct)).Worked.ShouldBeTrue(), view => view.Title == "Ask a question");
        asking.Writes("question", "And for how long?");
        (await asking.Submits(Ct)).Closed.ShouldBeTrue();
        await Told(Alice, "Bob Brown has a question about the request for /apps/lagoon", after: told.Ts);
        var open = (await alice.Get($"{Requests}/{request}", Ct)).Json["questions"]!.AsArray().Single(question => question!["answer"] is null)!;
        (await alice.Post($"{Requests}/{request}/questions/{open["id"]}/answer", new JsonObject { ["text"] = "Until noon." }, Ct)).Status.ShouldBe(HttpStatusCode.OK);
        await Told(Bob, "Alice Adams answers your question about /apps/lagoon");
    }

    [Fact]
    public async Task On_behalf_the_filer_and_the_beneficiary_are_two_neither_decides_and_the_beneficiary_is_told()
    {
        using var tickets = await Deployment.Service("tickets", mayFileForOthers: true, Ct);
        using var bob = await Caller("bob");
        using var carol = await Caller("carol");
        var body = Ask("/apps/canal");
        body["requesterId"] = bob.Id;
        var request = await Pending(tickets, body);
        var shown = (await bob.Get($"{Requests}/{request}", Ct)).Json;
        ((bool)shown["onBehalf"]!, (string)shown["client"]!, (string)shown["beneficiary"]!["id"]!, (string)shown["requester"]!["id"]!).ShouldBe((true, "tickets", bob.Id, tickets.Id));

        (await bob.Post($"{Requests}/{request}/votes", new JsonObject { ["choice"] = "approve" }, Ct)).Problem.ShouldBe("own-request");
        (await tickets.Post($"{Requests}/{request}/votes", new JsonObject { ["choice"] = "approve" }, Ct)).Problem.ShouldBe("not-a-human");
        (await carol.Post($"{Requests}/{request}/votes", new JsonObject { ["choice"] = "approve" }, Ct)).Status.ShouldBe(HttpStatusCode.Accepted);
        await Told(Bob, "Granted: you now have /apps/canal");
        (await Holds("bob", "/apps/canal")).ShouldBeTrue();
        var audit = await Deployment.Audit.Read(Ct, $"request:{request}");
        audit.First(row => row.Kind == "request.received").Payload.ToJsonString().ShouldContain("\"client\":\"tickets\"");
    }

    [Fact]
    public async Task On_behalf_nothing_is_approved_by_rule_and_nothing_is_taken_in_an_emergency()
    {
        using var alice = await Caller("alice");
        using var frank = await Caller("frank");
        var wiki = Ask("/apps/wiki");
        wiki["requesterId"] = frank.Id;
        await Pending(alice, wiki);

        var firewall = Ask("/apps/firewall");
        (firewall["requesterId"], firewall["emergency"]) = (frank.Id, true);
        (await Files(alice, firewall)).Problem.ShouldBe("emergency-of-others");
        firewall["requesterId"] = frank.Id;
        (await Files(frank, firewall)).Status.ShouldBe(HttpStatusCode.Created, "for oneself, though named");
    }

    [Fact]
    public async Task A_service_without_the_role_files_for_nobody_and_never_for_itself()
    {
        using var reports = await Deployment.Service("reports", mayFileForOthers: false, Ct);
        using var tickets = await Deployment.Service("tickets", mayFileForOthers: true, Ct);
        using var alice = await Caller("alice");
        var body = Ask("/apps/clover");
        body["requesterId"] = alice.Id;
        (await Files(reports, body)).Problem.ShouldBe("not-on-behalf");
        (await Files(tickets, Ask("/apps/clover"))).Problem.ShouldBe("not-a-human");
    }

    [Fact]
    public async Task Several_targets_and_people_are_filed_all_or_none()
    {
        using var alice = await Caller("alice");
        using var erin = await Caller("erin");
        var body = new JsonObject
        {
            ["targets"] = new JsonArray(new JsonObject { ["resourceType"] = "group", ["resourceId"] = "/apps/comet" }, new JsonObject { ["resourceType"] = "group", ["resourceId"] = "desert" }),
            ["beneficiaryIds"] = new JsonArray(alice.Id, erin.Id),
            ["length"] = "PT4H",
            ["justification"] = Reason,
        };
        var filed = await Files(alice, body);
        filed.Status.ShouldBe(HttpStatusCode.Created, filed.Body);
        var also = filed.Json["also"]!.AsArray();
        also.Count.ShouldBe(3);
        also.Append(filed.Json).ShouldAllBe(item => (string)item!["length"]! == "4h");
        (await alice.Get(filed.Location!.TrimStart('/'), Ct)).Json["items"]!.AsArray().Count.ShouldBe(4);

        body["targets"]!.AsArray().Add(new JsonObject { ["resourceType"] = "group", ["resourceId"] = "/apps/dune" });
        var refused = await Files(alice, body);
        refused.Problem.ShouldBe("already-open");
        (await alice.Get($"{Requests}?resourceType=group&resourceId=/apps/dune", Ct)).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_fits_several_is_a_conflict_that_lists_them_and_one_that_fits_none_says_so()
    {
        using var alice = await Caller("alice");
        await Files(alice, Ask("/apps/delta"));
        var several = await alice.Post(Requests, new JsonObject { ["resourceType"] = "client-role", ["resourceId"] = "ledger/nothing", ["justification"] = Reason }, Ct);
        (several.Status, several.Problem).ShouldBe((HttpStatusCode.UnprocessableEntity, "unknown-target"));

        var twins = await Files(alice, Ask("twin"));
        twins.Problem.ShouldBe("several-targets");
        twins.Json["matches"]!.AsArray().Select(match => ((string)match!).Split(' ')[0]).ShouldBe(["/apps/left/twin", "/apps/right/twin"]);
    }

    [Fact]
    public async Task What_is_not_known_in_a_body_or_a_query_is_said_with_its_place()
    {
        using var alice = await Caller("alice");
        foreach (var member in (string[])["status", "createdAt", "somethingElse"])
        {
            var body = Ask("/apps/echo");
            body[member] = "approved";
            var answer = await alice.Post(Requests, body, Ct);
            (answer.Status, answer.Problem, (string)answer.Json["errors"]![0]!["pointer"]!).ShouldBe((HttpStatusCode.BadRequest, "invalid-request", $"/{member}"));
        }

        (await alice.Get($"{Requests}?beneficary={alice.Id}", Ct)).Problem.ShouldBe("invalid-request");
        (await alice.Get($"{Requests}?limit=0", Ct)).Problem.ShouldBe("invalid-request");
        (await alice.Get($"{Requests}?cursor=%2F", Ct)).Problem.ShouldBe("invalid-request");
    }

    [Fact]
    public async Task What_was_read_and_has_changed_since_is_not_changed_by_who_says_so()
    {
        using var alice = await Caller("alice");
        using var bob = await Caller("bob");
        var request = await Pending(alice, Ask("/apps/fortress"));
        var read = await alice.Get($"{Requests}/{request}", Ct);
        (await alice.Get($"{Requests}/{request}", Ct, ("If-None-Match", read.ETag!))).Status.ShouldBe(HttpStatusCode.NotModified);
        (await bob.Post($"{Requests}/{request}/votes", new JsonObject { ["choice"] = "deny", ["reason"] = "Not now." }, Ct)).Status.ShouldBe(HttpStatusCode.Accepted);

        (await alice.Post($"{Requests}/{request}/cancel", null, Ct, ("If-Match", read.ETag!))).Problem.ShouldBe("changed-meanwhile");
        await Becomes(alice, request, "denied");
        (await alice.Post($"{Requests}/{request}/cancel", null, Ct)).Problem.ShouldBe("already-decided");
    }

    [Fact]
    public async Task A_repeat_under_one_key_is_answered_the_same_and_another_call_under_it_is_refused()
    {
        using var alice = await Caller("alice");
        using var bob = await Caller("bob");
        var key = ("Idempotency-Key", "order 4711");
        var first = await Files(alice, Ask("/apps/garden"), key);
        first.Status.ShouldBe(HttpStatusCode.Created, first.Body);
        var again = await alice.Post(Requests, Ask("/apps/garden"), Ct, key);
        (again.Status, again.Body, again.Location).ShouldBe((first.Status, first.Body, first.Location));

        (await alice.Post(Requests, Ask("/apps/meteor"), Ct, key)).Problem.ShouldBe("other-call");
        (await alice.Post($"{Requests}/{first["id"]}/cancel", null, Ct, key)).Problem.ShouldBe("other-call");
        (await Files(bob, Ask("/apps/garden"), key)).Status.ShouldBe(HttpStatusCode.Created, "a key is its caller's own");

        var cancel = ("Idempotency-Key", "cancel it");
        var cancelled = await alice.Post($"{Requests}/{first["id"]}/cancel", null, Ct, cancel);
        cancelled["status"].ShouldBe("cancelled");
        (await alice.Post($"{Requests}/{first["id"]}/cancel", null, Ct, cancel)).Body.ShouldBe(cancelled.Body);
    }

    [Fact]
    public async Task More_time_is_a_request_of_its_own_and_moves_the_end()
    {
        using var alice = await Caller("alice");
        using var bob = await Caller("bob");
        var (_, grant) = await Granted(alice, bob, "/apps/oasis");
        var before = (DateTimeOffset)(await alice.Get($"{Grants}/{grant}", Ct)).Json["endsAt"]!;
        var asked = await alice.Post($"{Grants}/{grant}/extend", new JsonObject { ["length"] = "2h", ["justification"] = Reason }, Ct);
        asked.Status.ShouldBe(HttpStatusCode.Created, asked.Body);
        await Becomes(alice, asked["id"]!, "pending");
        (await bob.Post($"{Requests}/{asked["id"]}/votes", new JsonObject { ["choice"] = "approve" }, Ct)).Status.ShouldBe(HttpStatusCode.Accepted);
        await Becomes(alice, asked["id"]!, "approved");

        ((DateTimeOffset)(await alice.Get($"{Grants}/{grant}", Ct)).Json["endsAt"]! - before).ShouldBe(TimeSpan.FromHours(2));
    }

    [Fact]
    public async Task Pages_show_everything_once_though_something_is_filed_between_them()
    {
        using var grace = await Caller("grace");
        string[] groups = ["/apps/phoenix", "/apps/quarry", "/apps/river", "/apps/summit", "/apps/valley"];
        var filed = new List<string>();
        foreach (var group in groups)
            filed.Add((await Files(grace, Ask(group)))["id"]!);

        var seen = new List<string>();
        var next = $"{Requests}?requester={grace.Id}&limit=2";
        while (next is not null)
        {
            var page = (await grace.Get(next, Ct)).Json;
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            if (seen.Count == 2)
                await Files(grace, Ask("/apps/arena"));
            next = (string?)page["next"] is { } cursor ? $"{Requests}?requester={grace.Id}&limit=2&cursor={cursor}" : null;
        }

        seen.ShouldBe(Enumerable.Reverse(filed));
        (await grace.Get("api/targets?limit=3", Ct)).Json["items"]!.AsArray().Count.ShouldBe(3);
        (await grace.Get("api/targets?search=phoen", Ct)).Json["items"]!.AsArray().ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe("/apps/phoenix");
    }

    [Fact]
    public async Task A_decision_of_high_risk_asks_for_a_token_of_a_fresh_login()
    {
        using var alice = await Caller("alice");
        using var bob = await Caller("bob");
        var request = await Pending(alice, Ask("/apps/strongroom"));
        var key = ("Idempotency-Key", "decide once");
        var refused = await bob.Post($"{Requests}/{request}/votes", new JsonObject { ["choice"] = "approve" }, Ct, key);
        (refused.Status, refused.Problem).ShouldBe((HttpStatusCode.Unauthorized, "login-needed"));
        refused.Challenge.ShouldContain("insufficient_user_authentication");
        refused.Challenge.ShouldContain("max_age=\"300\"");

        var claims = await Deployment.Claims("bob", "portal", Ct);
        claims["auth_time"] = TimeProvider.System.GetUtcNow().AddMinutes(-6).ToUnixTimeSeconds();
        using (var stale = new ApiCaller(Deployment.Bot.Url, Deployment.Realm.Sandbox!.Sign(claims), bob.Id))
            (await stale.Post($"{Requests}/{request}/votes", new JsonObject { ["choice"] = "approve" }, Ct)).Problem.ShouldBe("login-needed");
        claims["auth_time"] = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToUnixTimeSeconds();
        using var fresh = new ApiCaller(Deployment.Bot.Url, Deployment.Realm.Sandbox!.Sign(claims), bob.Id);
        // Under the key of the call that asked for the login: that was no answer to it.
        (await fresh.Post($"{Requests}/{request}/votes", new JsonObject { ["choice"] = "approve" }, Ct, key)).Status.ShouldBe(HttpStatusCode.Accepted);
        await Becomes(alice, request, "approved");
        (await Deployment.Audit.Read(Ct, $"request:{request}")).ShouldContain(row => row.Kind == "vote.cast" && row.Payload.ToJsonString().Contains("logged-in-at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_would_happen_what_was_recorded_and_what_is_wrong_are_told_to_whom_they_concern()
    {
        using var alice = await Caller("alice");
        using var frank = await Caller("frank"); // security
        using var dave = await Caller("dave"); // administrator
        await Files(alice, Ask("/apps/echo"));
        var explained = await alice.Get("api/targets/explain?resourceType=group&resourceId=/apps/dune", Ct);
        (explained["outcome"], (bool)explained.Json["wouldBeDecided"]!).ShouldBe(("asked", true));
        (await alice.Get($"api/targets/explain?resourceType=group&resourceId=/apps/dune&person=bob", Ct)).Problem.ShouldBe("not-staff");
        (await dave.Get($"api/targets/explain?resourceType=group&resourceId=/apps/dune&person=bob", Ct))["outcome"].ShouldBe("asked");

        (await alice.Get("api/audit", Ct)).Problem.ShouldBe("not-staff");
        var page = (await frank.Get("api/audit?kind=request.received&limit=1", Ct)).Json;
        page["items"]!.AsArray().ShouldHaveSingleItem()!["personal"]!["justification"]!.GetValue<string>().ShouldNotBeEmpty();
        ((long)(await frank.Get("api/audit/head", Ct)).Json["number"]!).ShouldBeGreaterThan(0);
        (await Deployment.Audit.Read(Ct)).ShouldContain(row => row.Kind == "inquiry.answered" && row.Payload.ToJsonString().Contains(frank.Id, StringComparison.Ordinal));
        // Wherever a list is begun, and whichever request is looked at for the sake of the office: it is recorded, once for a look.
        using var erin = await Caller("erin");
        var another = (string)(await Files(erin, Ask("/apps/arena")))["id"]!;
        foreach (var path in (string[])[$"{Grants}?cursor=ZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY", $"{Requests}/{another}", $"{Requests}/{another}"])
            (await frank.Get(path, Ct)).Status.ShouldBe(HttpStatusCode.OK, path);
        var looks = (await Deployment.Audit.Read(Ct)).Where(row => row.Kind == "inquiry.answered").Select(row => row.Payload.ToJsonString()).ToList();
        looks.ShouldContain(look => look.Contains("\"grants\"", StringComparison.Ordinal));
        looks.Count(look => look.Contains("\"request\"", StringComparison.Ordinal) && look.Contains(erin.Id, StringComparison.Ordinal)).ShouldBe(1);
        (await frank.Get($"{Requests}?ids={string.Join(',', Enumerable.Repeat(NoId, 20))}", Ct)).Status.ShouldBe(HttpStatusCode.OK, "as many as one call files");

        (await alice.Get("api/policy/lint", Ct)).Problem.ShouldBe("not-staff");
        (await dave.Get("api/policy/lint", Ct)).Json["findings"]!.AsArray().ShouldNotBeEmpty();
    }
}
