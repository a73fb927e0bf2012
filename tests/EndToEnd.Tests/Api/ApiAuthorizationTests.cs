using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Api;

/// <summary>Who may do what with whose: callers see and do what the same person could in chat, and learn nothing of the rest.</summary>
public sealed class ApiAuthorizationTests(ApiDeployment deployment) : ApiTest(deployment), IClassFixture<ApiDeployment>
{
    private const string Yes = "";

    /// <summary>Alice's request and grant. Bob decides on such; Erin has nothing to do with it; Frank is of the security team, Dave an administrator; services have no chat.</summary>
    private static readonly (string Operation, (string Who, string Expected)[] Expected)[] matrix =
    [
        ("get request", [("alice", Yes), ("bob", Yes), ("carol", Yes), ("frank", Yes), ("erin", "not-found"), ("dave", "not-found"), ("tickets", "not-found"), ("reports", "not-found")]),
        ("vote", [("alice", "own-request"), ("erin", "not-found"), ("frank", "not-an-approver"), ("dave", "not-found"), ("tickets", "not-found"), ("reports", "not-found")]),
        ("cancel", [("bob", "not-yours"), ("frank", "not-yours"), ("erin", "not-found"), ("dave", "not-found"), ("tickets", "not-found")]),
        ("remind", [("bob", "not-yours"), ("frank", "not-yours"), ("erin", "not-found"), ("dave", "not-found"), ("tickets", "not-found")]),
        ("ask", [("alice", "own-request"), ("frank", "not-an-approver"), ("erin", "not-found"), ("dave", "not-found"), ("tickets", "not-found"), ("reports", "not-found")]),
        ("answer", [("bob", "not-yours"), ("frank", "not-yours"), ("alice", "unknown-question"), ("erin", "not-found"), ("dave", "not-found"), ("tickets", "not-found")]),
        ("get grant", [("alice", Yes), ("bob", Yes), ("carol", Yes), ("frank", Yes), ("erin", "not-found"), ("dave", "not-found"), ("tickets", "not-found")]),
        ("extend", [("bob", "not-yours"), ("frank", "not-yours"), ("erin", "not-found"), ("dave", "not-found"), ("tickets", "not-found")]),
        ("end", [("bob", "not-yours"), ("frank", "not-yours"), ("erin", "not-found"), ("dave", "not-found"), ("tickets", "not-found")]),
        ("revoke", [("alice", "not-staff"), ("erin", "not-found"), ("dave", "not-found"), ("tickets", "not-found")]),
        ("list theirs", [("frank", Yes), ("erin", "not-staff"), ("bob", "not-staff"), ("dave", "not-staff"), ("tickets", "not-staff"), ("alice", Yes)]),
        ("targets", [("alice", Yes), ("bob", Yes), ("erin", Yes), ("frank", Yes), ("dave", Yes), ("tickets", Yes), ("reports", Yes)]),
        ("explain oneself", [("alice", Yes), ("erin", Yes), ("dave", Yes)]),
        ("explain another", [("frank", Yes), ("dave", Yes), ("alice", "not-staff"), ("bob", "not-staff"), ("erin", "not-staff"), ("tickets", "not-staff")]),
        ("audit", [("frank", Yes), ("alice", "not-staff"), ("bob", "not-staff"), ("dave", "not-staff"), ("tickets", "not-staff")]),
        ("audit head", [("frank", Yes), ("alice", "not-staff"), ("dave", "not-staff")]),
        ("lint", [("dave", Yes), ("alice", "not-staff"), ("frank", "not-staff"), ("tickets", "not-staff")]),
    ];

    [Fact]
    public async Task Each_may_do_what_is_theirs_to_do_and_learns_nothing_of_what_is_not()
    {
        var callers = new Dictionary<string, ApiCaller>();
        foreach (var name in (string[])["alice", "bob", "carol", "dave", "erin", "frank"])
            callers[name] = await Caller(name);
        callers["tickets"] = await Deployment.Service("tickets", mayFileForOthers: true, Ct);
        callers["reports"] = await Deployment.Service("reports", mayFileForOthers: false, Ct);
        var (alice, bob) = (callers["alice"], callers["bob"]);
        var request = await Pending(alice, Ask("/apps/arena"));
        var (_, grant) = await Granted(alice, bob, "/apps/bridge");
        var bobs = await Pending(bob, Ask("/apps/arena"));

        foreach (var (operation, expected) in matrix)
        {
            foreach (var (who, what) in expected)
            {
                var answer = await Does(callers[who], operation, request, grant, alice.Id);
                (answer.Problem ?? ((int)answer.Status < 300 ? Yes : answer.Status.ToString())).ShouldBe(what, $"{who}: {operation}");
            }
        }

        // What the matrix refused has changed nothing.
        var untouched = (await alice.Get($"{Requests}/{request}", Ct)).Json;
        untouched["votes"]!.AsArray().ShouldBeEmpty();
        untouched["questions"]!.AsArray().ShouldBeEmpty();
        (await alice.Get($"{Grants}/{grant}", Ct))["status"].ShouldBe("active");

        // Lists hold their own alone, whatever is asked of them.
        foreach (var path in (string[])[Requests, $"{Requests}?requester={alice.Id}", $"{Requests}?ids={request}"])
            (await callers["erin"].Get(path, Ct)).Json["items"]!.AsArray().ShouldBeEmpty(path);
        Ids(await bob.Get(Requests, Ct)).ShouldBe([bobs]);
        Ids(await callers["frank"].Get($"{Requests}?limit=200", Ct)).ShouldContain(request);
        Ids(await callers["erin"].Get(Grants, Ct)).ShouldBeEmpty();
        Ids(await alice.Get(Grants, Ct)).ShouldBe([grant]);
        Ids(await callers["frank"].Get(Grants, Ct)).ShouldBe([grant]);

        // And each in turn does what is theirs.
        (await Does(alice, "remind", request, grant, "")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await Does(callers["carol"], "ask", request, grant, "")).Status.ShouldBe(HttpStatusCode.Created);
        (await Does(callers["carol"], "vote", request, grant, "")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await Does(alice, "extend", request, grant, "")).Status.ShouldBe(HttpStatusCode.Created);
        (await Does(callers["frank"], "revoke", request, grant, "")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await Does(bob, "cancel", bobs, grant, "")).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var caller in callers.Values)
            caller.Dispose();
    }

    private static Task<ApiAnswer> Does(ApiCaller who, string operation, string request, string grant, string other) => operation switch
    {
        "get request" => who.Get($"{Requests}/{request}", Ct),
        "vote" => who.Post($"{Requests}/{request}/votes", new JsonObject { ["choice"] = "approve" }, Ct),
        "cancel" => who.Post($"{Requests}/{request}/cancel", null, Ct),
        "remind" => who.Post($"{Requests}/{request}/remind", null, Ct),
        "ask" => who.Post($"{Requests}/{request}/questions", new JsonObject { ["text"] = "Why now?" }, Ct),
        "answer" => who.Post($"{Requests}/{request}/questions/{NoId}/answer", new JsonObject { ["text"] = "So." }, Ct),
        "get grant" => who.Get($"{Grants}/{grant}", Ct),
        "extend" => who.Post($"{Grants}/{grant}/extend", new JsonObject { ["justification"] = Reason }, Ct),
        "end" => who.Post($"{Grants}/{grant}/end", null, Ct),
        "revoke" => who.Post($"{Grants}/{grant}/revoke", null, Ct),
        "list theirs" => who.Get($"{Grants}?person={other}", Ct),
        "targets" => who.Get("api/targets", Ct),
        "explain oneself" => who.Get("api/targets/explain?resourceType=group&resourceId=/apps/dune", Ct),
        "explain another" => who.Get("api/targets/explain?resourceType=group&resourceId=/apps/dune&person=carol", Ct),
        "audit" => who.Get("api/audit?limit=1", Ct),
        "audit head" => who.Get("api/audit/head", Ct),
        "lint" => who.Get("api/policy/lint", Ct),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IReadOnlyList<string> Ids(ApiAnswer list) => [.. list.Json["items"]!.AsArray().Select(item => (string)item!["id"]!)];
}
