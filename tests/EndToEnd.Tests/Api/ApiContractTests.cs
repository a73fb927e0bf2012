using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Api;

/// <summary>Every status that the document tells of, of every operation, is one that the bot gives; and no other is.</summary>
public sealed class ApiContractTests(ApiDeployment deployment) : ApiTest(deployment), IClassFixture<ApiDeployment>
{
    [Fact]
    public async Task Every_documented_status_of_every_operation_is_given()
    {
        using var nobody = new ApiCaller(Deployment.Bot.Url, null, "");
        using var alice = await Caller("alice");
        using var bob = await Caller("bob");
        using var erin = await Caller("erin");
        using var frank = await Caller("frank");
        using var dave = await Caller("dave");
        using var reports = await Deployment.Service("reports", mayFileForOthers: false, Ct);
        var document = (await nobody.Get("openapi/v1.json", Ct)).Json;
        var given = new Dictionary<string, HashSet<int>>();

        async Task Expect(string operation, int status, Task<ApiAnswer> call)
        {
            var answer = await call;
            ((int)answer.Status).ShouldBe(status, $"{operation}: {answer.Body}");
            if (status >= 400)
                ((int)answer.Json["status"]!).ShouldBe(status, operation);
            (given.TryGetValue(operation, out var known) ? known : given[operation] = []).Add(status);
        }

        // States that operations meet.
        var (pending, decided, reminded) = (await Pending(alice, Ask("/apps/arena")), await Pending(alice, Ask("/apps/bridge")), await Pending(alice, Ask("/apps/canal")));
        var closed = await Pending(alice, Ask("/apps/clover"));
        (await alice.Post($"{Requests}/{closed}/cancel", null, Ct)).Status.ShouldBe(HttpStatusCode.OK);
        var (_, lasting) = await Granted(alice, bob, "/apps/comet");
        var (_, ending) = await Granted(alice, bob, "/apps/delta");
        var (over, revoked) = await Granted(alice, bob, "/apps/dune");

        var behalf = Ask("/apps/echo");
        behalf["requesterId"] = alice.Id;
        await Expect("fileRequest", 201, Files(alice, Ask("/apps/echo")));
        await Expect("fileRequest", 400, alice.Post(Requests, new JsonObject { ["status"] = "approved" }, Ct));
        await Expect("fileRequest", 403, reports.Post(Requests, behalf, Ct));
        await Expect("fileRequest", 409, alice.Post(Requests, Ask("/apps/echo"), Ct));
        await Expect("fileRequest", 413, alice.Send(HttpMethod.Post, Requests, Json(new string(' ', 70_000)), Ct));
        await Expect("fileRequest", 415, alice.Send(HttpMethod.Post, Requests, Text(), Ct));
        await Expect("fileRequest", 422, alice.Post(Requests, Ask("/apps/nothing"), Ct));

        await Expect("listRequests", 200, alice.Get(Requests, Ct));
        await Expect("listRequests", 400, alice.Get($"{Requests}?status=new", Ct));
        await Expect("getRequest", 200, alice.Get($"{Requests}/{pending}", Ct));
        await Expect("getRequest", 304, alice.Get($"{Requests}/{closed}", Ct, ("If-None-Match", (await alice.Get($"{Requests}/{closed}", Ct)).ETag!)));
        await Expect("getRequest", 404, alice.Get($"{Requests}/{NoId}", Ct));
        await Expect("listGrants", 200, alice.Get(Grants, Ct));
        await Expect("listGrants", 400, alice.Get($"{Grants}?status=new", Ct));
        await Expect("listGrants", 403, erin.Get($"{Grants}?person={alice.Id}", Ct));
        await Expect("getGrant", 200, alice.Get($"{Grants}/{lasting}", Ct));
        await Expect("getGrant", 304, alice.Get($"{Grants}/{lasting}", Ct, ("If-None-Match", (await alice.Get($"{Grants}/{lasting}", Ct)).ETag!)));
        await Expect("getGrant", 404, erin.Get($"{Grants}/{lasting}", Ct));
        await Expect("listTargets", 200, alice.Get("api/targets", Ct));
        await Expect("listTargets", 400, alice.Get("api/targets?limit=x", Ct));
        await Expect("explainTarget", 200, alice.Get("api/targets/explain?resourceType=group&resourceId=/apps/dune", Ct));
        await Expect("explainTarget", 400, alice.Get("api/targets/explain", Ct));
        await Expect("explainTarget", 403, alice.Get("api/targets/explain?resourceType=group&resourceId=/apps/dune&person=bob", Ct));
        await Expect("explainTarget", 409, alice.Get("api/targets/explain?resourceType=group&resourceId=twin", Ct));
        await Expect("explainTarget", 422, alice.Get("api/targets/explain?resourceType=group&resourceId=/nothing", Ct));
        await Expect("queryAudit", 200, frank.Get("api/audit", Ct));
        await Expect("queryAudit", 400, frank.Get("api/audit?from=yesterday", Ct));
        await Expect("queryAudit", 403, alice.Get("api/audit", Ct));
        await Expect("getAuditHead", 200, frank.Get("api/audit/head", Ct));
        await Expect("getAuditHead", 400, frank.Get("api/audit/head?x=1", Ct));
        await Expect("getAuditHead", 403, alice.Get("api/audit/head", Ct));
        await Expect("lintPolicy", 200, dave.Get("api/policy/lint", Ct));
        await Expect("lintPolicy", 400, dave.Get("api/policy/lint?x=1", Ct));
        await Expect("lintPolicy", 403, alice.Get("api/policy/lint", Ct));

        // First what is refused, then what is done, then what it is too late for.
        (await bob.Post($"{Grants}/{revoked}/revoke", null, Ct)).Status.ShouldBe(HttpStatusCode.Accepted);
        await Grant(alice, over, "ended");
        var text = new JsonObject { ["text"] = "Which import is it?" };
        var question = (string)(await bob.Post($"{Requests}/{pending}/questions", text, Ct)).Json["questions"]![0]!["id"]!;
        var vote = new JsonObject { ["choice"] = "approve" };
        var more = new JsonObject { ["justification"] = Reason };
        foreach (var (operation, path, too, good, forbidden, late, body, done) in new (string, Func<string, string>, string, ApiCaller, ApiCaller, string, JsonObject?, int)[]
        {
            ("askQuestion", id => $"{Requests}/{id}/questions", pending, bob, alice, closed, text, 201),
            ("answerQuestion", id => $"{Requests}/{id}/questions/{question}/answer", pending, alice, bob, closed, text, 200),
            ("cancelRequest", id => $"{Requests}/{id}/cancel", pending, alice, bob, closed, null, 200),
            ("voteOnRequest", id => $"{Requests}/{id}/votes", decided, bob, alice, closed, vote, 202),
            ("askAgain", id => $"{Requests}/{id}/remind", reminded, alice, bob, closed, null, 202),
            ("extendGrant", id => $"{Grants}/{id}/extend", lasting, alice, bob, revoked, more, 201),
            ("endGrant", id => $"{Grants}/{id}/end", ending, alice, bob, revoked, null, 202),
            ("revokeGrant", id => $"{Grants}/{id}/revoke", lasting, bob, alice, revoked, null, 202),
        })
        {
            var key = ("Idempotency-Key", $"for {operation}");
            await Expect(operation, 400, good.Post(path(too), body, Ct, ("If-Match", "seven")));
            await Expect(operation, 403, forbidden.Post(path(too), body, Ct));
            await Expect(operation, 404, erin.Post(path(too), body, Ct));
            await Expect(operation, 412, good.Post(path(too), body, Ct, ("If-Match", "\"999999\"")));
            await Expect(operation, 413, good.Send(HttpMethod.Post, path(too), Json(new string(' ', 70_000)), Ct));
            await Expect(operation, 415, good.Send(HttpMethod.Post, path(too), Text(), Ct));
            var read = await good.Get($"{path(too)[..(path(too).IndexOf(too, StringComparison.Ordinal) + too.Length)]}", Ct);
            await Expect(operation, done, good.Post(path(too), body, Ct, key, ("If-Match", read.ETag!)));
            await Expect(operation, 422, good.Post(path(late), body, Ct, key));
            await Expect(operation, 409, good.Post(path(late), body, Ct));
        }

        // Of every operation alike: who is not known, who calls too often, and Keycloak away.
        await using var slow = await BotProcess.Start(new Dictionary<string, string>(Deployment.Settings) { ["Api:CallsPerMinute"] = "1", ["Workers:Enabled"] = "false" }, _ => { }, Ct);
        using var often = new ApiCaller(slow.Url, Deployment.Realm.Sandbox!.Sign(await Deployment.Claims("carol", "portal", Ct)), "");
        await often.Get("api/targets", Ct);
        foreach (var (operation, method, path) in Operations(document))
        {
            await Expect(operation, 401, nobody.Send(method, path, null, Ct));
            var paced = often.Send(method, path, null, Ct);
            await Expect(operation, 429, paced);
            (await paced).RetryAfter.ShouldNotBeNull();
            using var away = Deployment.Realm.Sandbox.Faults.Drop(afterEffect: false, call => call.Path.StartsWith("users", StringComparison.Ordinal));
            await Expect(operation, 503, alice.Send(method, path, null, Ct));
        }

        var documented = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .ToDictionary(operation => (string)operation.Value!["operationId"]!, operation => operation.Value!["responses"]!.AsObject().Select(response => int.Parse(response.Key, System.Globalization.CultureInfo.InvariantCulture)).Order());
        foreach (var (operation, statuses) in documented)
            given[operation].Order().ShouldBe(statuses, operation);
    }

    private static IEnumerable<(string Operation, HttpMethod Method, string Path)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ((string)operation.Value!["operationId"]!, HttpMethod.Parse(operation.Key), path.Key.TrimStart('/').Replace("{id}", NoId, StringComparison.Ordinal).Replace("{question}", NoId, StringComparison.Ordinal));

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static StringContent Text() => new("{}", Encoding.UTF8, "text/plain");
}
