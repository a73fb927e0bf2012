using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.Blocks;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.People;

/// <summary>
/// What the app's answer to a submission does to the modals
/// (https://docs.slack.dev/surfaces/modals#updating_response): nothing or <c>clear</c>, <c>errors</c>, <c>update</c>, <c>push</c>.
/// </summary>
internal static class SubmissionAnswer
{
    public static (SubmitResult Result, IReadOnlyList<SlackView> Cleared) Take(WorkspaceState state, SlackView view, string body)
    {
        if (!TryRead(body, out JsonObject answer)) return (SubmitResult.Failed("invalid_response"), []);
        string? action = answer["response_action"]?.AsText();
        if (action is null && answer.Count > 0) return (SubmitResult.Failed("invalid_response"), []);
        // Closed meanwhile, by the person or by another answer: there is nothing left to change.
        if (!state.Views.ContainsKey(view.Id)) return (Done(closed: true), []);
        switch (action)
        {
            case null:
                ViewStack.CloseTop(state, view.UserId);
                return (Done(closed: true), []);
            case "clear":
                SlackView[] others = [.. ViewStack.Of(state, view.UserId).Where(id => id != view.Id).Select(id => state.Views[id])];
                ViewStack.CloseAll(state, view.UserId);
                return (Done(closed: true), others);
            case "errors":
                return (Errors(view, answer["errors"] as JsonObject), []);
            case "update" or "push":
                return (Shown(state, view, action, answer["view"] as JsonObject), []);
            default:
                return (SubmitResult.Failed("invalid_response"), []);
        }
    }

    private static SubmitResult Errors(SlackView view, JsonObject? errors)
    {
        HashSet<string> inputs =
        [
            .. view.Blocks.EnumerateArray().Where(b => BlockReader.Member(b, "type") == "input").Select(b => BlockReader.Member(b, "block_id")!),
        ];
        bool valid = errors is { Count: > 0 } && errors.All(e => inputs.Contains(e.Key) && e.Value?.AsText() is { Length: > 0 });
        return valid
            ? new SubmitResult(false, errors!.ToDictionary(e => e.Key, e => e.Value!.AsText()!, StringComparer.Ordinal), null)
            : SubmitResult.Failed("invalid_errors");
    }

    private static SubmitResult Shown(WorkspaceState state, SlackView view, string action, JsonObject? content)
    {
        if (content is null || ViewRules.TooLarge(content) || ViewRules.Check(content, "modal").Count > 0) return SubmitResult.Failed("invalid_view");
        if (action == "update") ViewStack.Replace(state, state.Views[view.Id], content);
        else if (ViewStack.Of(state, view.UserId).Count >= BlockKitLimits.ViewsInStack) return SubmitResult.Failed("push_limit_reached");
        else ViewStack.Put(state, view.UserId, content);
        return Done(closed: false);
    }

    private static bool TryRead(string body, out JsonObject answer)
    {
        answer = [];
        if (string.IsNullOrWhiteSpace(body)) return true;
        try
        {
            if (JsonNode.Parse(body) is not JsonObject read) return false;
            answer = read;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static SubmitResult Done(bool closed) => new(closed, new Dictionary<string, string>(), null);
}
