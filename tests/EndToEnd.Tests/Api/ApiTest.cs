using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Api;

/// <summary>The REST API of a bot that runs as a process.</summary>
public abstract class ApiTest(ApiDeployment deployment) : JourneyTest(deployment)
{
    protected const string Requests = "api/access-requests";
    protected const string Grants = "api/grants";

    /// <summary>Of nothing.</summary>
    protected const string NoId = "00000000000000000000000000000000";

    protected new ApiDeployment Deployment => (ApiDeployment)base.Deployment;

    protected Task<ApiCaller> Caller(string username) => Deployment.Caller(username, Ct);

    protected static JsonObject Ask(string group) => new() { ["resourceType"] = "group", ["resourceId"] = group, ["justification"] = Reason };

    /// <summary>Files what is offered by then: the catalog is read in the background.</summary>
    protected static async Task<ApiAnswer> Files(ApiCaller by, JsonObject body, params (string, string)[] headers)
    {
        var filed = await by.Post(Requests, body, Ct, headers);
        for (var waited = Stopwatch.StartNew(); filed.Problem == "unknown-target" && waited.Elapsed < Patience;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Ct);
            filed = await by.Post(Requests, body, Ct, headers);
        }

        return filed;
    }

    /// <summary>Files it and waits until those who decide are asked.</summary>
    protected static async Task<string> Pending(ApiCaller by, JsonObject body)
    {
        var filed = await Files(by, body);
        filed.Status.ShouldBe(HttpStatusCode.Created, filed.Body);
        return await Becomes(by, filed["id"]!, "pending");
    }

    /// <returns>The request's id.</returns>
    protected static async Task<string> Becomes(ApiCaller by, string request, string status)
    {
        await Until(async () => (await by.Get($"{Requests}/{request}", Ct))["status"] == status, $"the request is {status}");
        return request;
    }

    /// <summary>The id of the grant that came of a request, once it stands so.</summary>
    protected static async Task<string> Grant(ApiCaller by, string request, string status)
    {
        JsonNode? grant = null;
        await Until(async () => (string?)(grant = (await by.Get($"{Grants}?request={request}", Ct)).Json["items"]!.AsArray().SingleOrDefault())?["status"] == status, $"the grant is {status}");
        return (string)grant!["id"]!;
    }

    /// <summary>Asked for by one, approved by another.</summary>
    protected static async Task<(string Request, string Grant)> Granted(ApiCaller requester, ApiCaller approver, string group)
    {
        var request = await Pending(requester, Ask(group));
        (await approver.Post($"{Requests}/{request}/votes", new JsonObject { ["choice"] = "approve" }, Ct)).Status.ShouldBe(HttpStatusCode.Accepted);
        await Becomes(requester, request, "approved");
        return (request, await Grant(requester, request, "active"));
    }
}
