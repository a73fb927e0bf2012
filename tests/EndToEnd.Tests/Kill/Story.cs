using ChatGovernance.Sandbox.Slack.People;
using Microsoft.AspNetCore.Http;

namespace ChatGovernance.EndToEnd.Tests.Kill;

/// <summary>Who asks for what, who decides, and how their calls are recognised.</summary>
/// <param name="UserId">The requester's id in Keycloak.</param>
/// <param name="GroupId">The target's.</param>
public sealed record Story(SlackPerson Requester, string Target, SlackPerson Approver, string AuditChannel, string UserId, string GroupId)
{
    public bool IsChange(HttpRequest request, string method) =>
        request.Method == method && request.Path.Value!.EndsWith($"/users/{UserId}/groups/{GroupId}", StringComparison.Ordinal);

    public bool IsAboutRequester(HttpRequest request) => request.Path.Value!.Contains($"/users/{UserId}", StringComparison.Ordinal);
}
