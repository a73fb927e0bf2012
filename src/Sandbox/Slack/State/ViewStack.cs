using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Slack.State;

/// <summary>A person's open modals, one upon another. A view that is closed is gone.</summary>
internal static class ViewStack
{
    public static List<string> Of(WorkspaceState state, string userId) =>
        state.Stacks.TryGetValue(userId, out List<string>? stack) ? stack : state.Stacks[userId] = [];

    public static SlackView? Top(WorkspaceState state, string userId) =>
        Of(state, userId) is [.., var top] ? state.Views[top] : null;

    /// <summary>Opens a modal on top of what is open.</summary>
    public static SlackView Put(WorkspaceState state, string userId, JsonObject content)
    {
        List<string> stack = Of(state, userId);
        string id = state.NextId("V");
        SlackView view = New(state, id, userId, content, stack.Count > 0 ? stack[0] : id, stack.LastOrDefault());
        stack.Add(id);
        return state.Views[id] = view;
    }

    public static SlackView NewHome(WorkspaceState state, string userId, JsonObject content)
    {
        string id = state.Homes[userId] = state.NextId("V");
        return state.Views[id] = New(state, id, userId, content, id, null);
    }

    /// <summary>New content in the same place; what was entered stays where block and action ids do.</summary>
    public static SlackView Replace(WorkspaceState state, SlackView old, JsonObject content)
    {
        JsonElement stored = state.WithIds(content);
        return state.Views[old.Id] = old with
        {
            Content = stored,
            Hash = NewHash(state),
            State = ViewState.Initial(stored.GetProperty("blocks"), old.State),
        };
    }

    public static void CloseTop(WorkspaceState state, string userId)
    {
        List<string> stack = Of(state, userId);
        if (stack.Count == 0) return;
        state.Views.Remove(stack[^1]);
        stack.RemoveAt(stack.Count - 1);
    }

    public static void CloseAll(WorkspaceState state, string userId)
    {
        while (Of(state, userId).Count > 0) CloseTop(state, userId);
    }

    private static SlackView New(WorkspaceState state, string id, string userId, JsonObject content, string root, string? previous)
    {
        JsonElement stored = state.WithIds(content);
        return new SlackView
        {
            Id = id,
            Hash = NewHash(state),
            UserId = userId,
            Content = stored,
            RootViewId = root,
            PreviousViewId = previous,
            State = ViewState.Initial(stored.GetProperty("blocks"), null),
        };
    }

    private static string NewHash(WorkspaceState state) =>
        FormattableString.Invariant($"{state.Time.GetUtcNow().ToUnixTimeSeconds()}.{state.NextNumber():x8}");
}
