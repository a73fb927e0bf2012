using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.Blocks;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary><c>views.open|push|update|publish</c>: https://docs.slack.dev/reference/methods/views.open and its neighbours.</summary>
internal static class ViewMethods
{
    public static ApiAnswer Open(WorkspaceState state, ApiArguments arguments)
    {
        (JsonObject? view, ApiAnswer? refusal) = Read(state, arguments, "modal", replaced: null);
        if (view is null) return refusal!;
        (Trigger? trigger, refusal) = Exchange(state, arguments);
        if (trigger is null) return refusal!;
        ViewStack.CloseAll(state, trigger.UserId);
        return ApiAnswer.Ok(("view", SlackJson.View(state, ViewStack.Put(state, trigger.UserId, view))));
    }

    public static ApiAnswer Push(WorkspaceState state, ApiArguments arguments)
    {
        (JsonObject? view, ApiAnswer? refusal) = Read(state, arguments, "modal", replaced: null);
        if (view is null) return refusal!;
        (Trigger? trigger, refusal) = Exchange(state, arguments);
        if (trigger is null) return refusal!;
        int depth = ViewStack.Of(state, trigger.UserId).Count;
        if (depth == 0 || !trigger.FromView) return ApiAnswer.Refused("not_found");
        if (depth >= BlockKitLimits.ViewsInStack) return ApiAnswer.Refused("push_limit_reached");
        return ApiAnswer.Ok(("view", SlackJson.View(state, ViewStack.Put(state, trigger.UserId, view))));
    }

    public static ApiAnswer Update(WorkspaceState state, ApiArguments arguments)
    {
        SlackView? old = arguments.Text("view_id") is { } id
            ? state.Views.GetValueOrDefault(id)
            : arguments.Text("external_id") is { } external ? state.Views.Values.FirstOrDefault(v => v.ExternalId == external) : null;
        if (old is null)
            return arguments.Has("view_id") || arguments.Has("external_id") ? ApiAnswer.Refused("not_found") : ApiAnswer.Missing("view_id");
        (JsonObject? view, ApiAnswer? refusal) = Read(state, arguments, old.Type, old);
        if (view is null) return refusal!;
        if (arguments.Text("hash") is { } hash && hash != old.Hash) return ApiAnswer.Refused("hash_conflict");
        return ApiAnswer.Ok(("view", SlackJson.View(state, ViewStack.Replace(state, old, view))));
    }

    public static ApiAnswer Publish(WorkspaceState state, ApiArguments arguments)
    {
        string user = arguments.Text("user_id")!;
        if (!state.Users.TryGetValue(user, out SlackUser? person) || person.IsDeleted || person.IsBot)
            return ApiAnswer.Refused("invalid_arguments", "[ERROR] invalid user [json-pointer:/user_id]");
        SlackView? old = state.Homes.TryGetValue(user, out string? id) ? state.Views[id] : null;
        (JsonObject? view, ApiAnswer? refusal) = Read(state, arguments, "home", old);
        if (view is null) return refusal!;
        if (arguments.Text("hash") is { } hash && hash != old?.Hash) return ApiAnswer.Refused("hash_conflict");
        SlackView published = old is null ? ViewStack.NewHome(state, user, view) : ViewStack.Replace(state, old, view);
        return ApiAnswer.Ok(("view", SlackJson.View(state, published)));
    }

    private static (JsonObject?, ApiAnswer?) Read(WorkspaceState state, ApiArguments arguments, string expected, SlackView? replaced)
    {
        if (!arguments.TryJson("view", out JsonNode? node) || node is not JsonObject view)
            return (null, ApiAnswer.Refused("invalid_arguments", "[ERROR] view must be JSON [json-pointer:/view]"));
        if (ViewRules.TooLarge(view)) return (null, ApiAnswer.Refused("view_too_large"));
        IReadOnlyList<string> problems = ViewRules.Check(view, expected);
        if (problems.Count > 0) return (null, ApiAnswer.Refused("invalid_arguments", problems));
        string? external = view["external_id"]?.GetValue<string>();
        return external is { Length: > 0 } && state.Views.Values.Any(v => v.ExternalId == external && v.Id != replaced?.Id)
            ? (null, ApiAnswer.Refused("duplicate_external_id"))
            : (view, null);
    }

    private static (Trigger?, ApiAnswer?) Exchange(WorkspaceState state, ApiArguments arguments)
    {
        string id = arguments.Text("trigger_id")!;
        if (!state.Triggers.TryGetValue(id, out Trigger? trigger)) return (null, ApiAnswer.Refused("invalid_trigger_id"));
        if (trigger.Used) return (null, ApiAnswer.Refused("exchanged_trigger_id"));
        if (state.Time.GetUtcNow() - trigger.At > Trigger.Life) return (null, ApiAnswer.Refused("expired_trigger_id"));
        state.Triggers[id] = trigger with { Used = true };
        return (trigger, null);
    }
}
