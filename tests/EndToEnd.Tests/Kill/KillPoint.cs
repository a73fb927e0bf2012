using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport.Bots;
using Microsoft.AspNetCore.Http;

namespace ChatGovernance.EndToEnd.Tests.Kill;

/// <summary>A moment in the life of a request at which the bot is killed: right before something is done, or right after, before it knows.</summary>
/// <param name="Set">Arms it; what it holds is let go when the moment is disposed of.</param>
public sealed record KillPoint(string Name, Func<KillDeployment, Story, KillMoment> Set)
{
    /// <summary>Each commit that a request's life makes, by words that only its transaction has.</summary>
    public static IReadOnlyList<KillPoint> Commits { get; } =
    [
        .. AtCommit("the form is stored", "INSERT INTO inbox", "slack:form:"),
        .. AtCommit("the request is received", "request.received"),
        .. AtCommit("the request is put to its approvers", "request.pending"),
        .. AtCommit("the click is stored", "INSERT INTO inbox", "request:"),
        .. AtCommit("the vote is cast", "vote.cast"),
        .. AtCommit("the vote is counted and the request decided", "request.approved"),
        .. AtCommit("what was held before is saved", "tenure.opened"),
        .. AtCommit("the change about to be sent is saved", "grant.started"),
        .. AtCommit("the grant is active", "grant.active"),
        .. AtCommit("the end has begun", "grant.ending"),
        .. AtCommit("the removal about to be sent is saved", "grant.removal-started"),
        .. AtCommit("the grant has ended", "grant.ended"),
    ];

    /// <summary>Calls to Keycloak. A read changes nothing, so there is no after.</summary>
    public static IReadOnlyList<KillPoint> Changes { get; } =
    [
        .. AtCall("the group is joined", HttpMethods.Put),
        .. AtCall("the group is left", HttpMethods.Delete),
        new("before the new membership is read back", (deployment, story) => ReadBackAfter(deployment, story, HttpMethods.Put)),
        new("before the removal is read back", (deployment, story) => ReadBackAfter(deployment, story, HttpMethods.Delete)),
    ];

    /// <summary>Calls to Slack, and the commits that save what came of them.</summary>
    public static IReadOnlyList<KillPoint> Messages { get; } =
    [
        .. AtPost("the approver's card is posted", "chat.postMessage", story => story.Approver.Direct.Id),
        .. AtPost("the approver's card is brought up to date", "chat.update", story => story.Approver.Direct.Id),
        .. AtPost("a line of the audit is posted", "chat.postMessage", story => story.AuditChannel),
        .. AtPost("the requester's card is posted", "chat.postMessage", story => story.Requester.Direct.Id),
        .. AtCommit("a card about to be posted is saved", "UPDATE cards AS", "attempt_key"),
        .. AtSaved("where a card is, is saved", "UPDATE cards AS"),
        .. AtSaved("where a note is, is saved", "UPDATE notes AS"),
    ];

    /// <summary>What is held has happened already, and the bot does not know.</summary>
    public bool IsAfter => Name.StartsWith("after ", StringComparison.Ordinal);

    public override string ToString() => Name;

    private static IEnumerable<KillPoint> AtCommit(string what, params string[] words) =>
    [
        new($"before {what}", (deployment, _) => Hold(deployment, after: false, words)),
        new($"after {what}", (deployment, _) => Hold(deployment, after: true, words)),
    ];

    /// <summary>The place names the conversation.</summary>
    private static IEnumerable<KillPoint> AtSaved(string what, string statement) =>
    [
        new($"before {what}", (deployment, story) => Hold(deployment, after: false, statement, story.Requester.Direct.Id)),
        new($"after {what}", (deployment, story) => Hold(deployment, after: true, statement, story.Requester.Direct.Id)),
    ];

    private static IEnumerable<KillPoint> AtCall(string what, string method) =>
    [
        new($"before {what}", (deployment, story) => Meet(deployment.Proxy.Set(new ProxyEffect.Hold(), request => story.IsChange(request, method)), fault => fault.Reached)),
        new($"after {what}", (deployment, story) => Meet(deployment.Proxy.Set(new ProxyEffect.HoldAnswer(), request => story.IsChange(request, method)), fault => fault.Done)),
    ];

    private static IEnumerable<KillPoint> AtPost(string what, string method, Func<Story, string> channel) =>
    [
        new($"before {what}", (deployment, story) => Meet(deployment.Workspace.Faults.HeldBefore(method, channel(story)))),
        new($"after {what}", (deployment, story) => Meet(deployment.Workspace.Faults.HeldAfter(method, channel(story)))),
    ];

    private static KillMoment ReadBackAfter(KillDeployment deployment, Story story, string method)
    {
        var changed = false;
        return Meet(deployment.Proxy.Set(new ProxyEffect.Hold(), request =>
        {
            if (story.IsChange(request, method))
                changed = true;
            return changed && request.Method == HttpMethods.Get && story.IsAboutRequester(request);
        }), fault => fault.Reached);
    }

    private static KillMoment Hold(KillDeployment deployment, bool after, params string[] words)
    {
        var hold = deployment.Database.Hold(after, words);
        return new KillMoment(hold.Reached, hold);
    }

    private static KillMoment Meet(ProxyFault fault, Func<ProxyFault, Task> when) => new(when(fault), fault);

    private static KillMoment Meet(SlackFault fault) => new(fault.Reached, fault);
}

/// <param name="Reached">Ends when something is held there.</param>
public sealed record KillMoment(Task Reached, IDisposable Held) : IDisposable
{
    public void Dispose() => Held.Dispose();
}
