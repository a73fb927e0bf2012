namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary>The methods that the bot's contract allows it. Any other answers <c>unknown_method</c>.</summary>
internal static class ApiMethods
{
    public static IReadOnlyDictionary<string, ApiMethod> All { get; } = new ApiMethod[]
    {
        new("auth.test", RateTier.Special, true, [], AuthMethods.Test),
        new("apps.connections.open", RateTier.Special, true, [], AuthMethods.OpenConnection) { IsOfApp = true },
        new("chat.postMessage", RateTier.Posting, true, ["channel"], ChatMethods.PostMessage),
        new("chat.postEphemeral", RateTier.Tier4, true, ["channel", "user"], ChatMethods.PostEphemeral),
        new("chat.update", RateTier.Tier3, true, ["channel", "ts"], ChatMethods.Update),
        new("chat.delete", RateTier.Tier3, true, ["channel", "ts"], ChatMethods.Delete),
        new("conversations.open", RateTier.Tier3, true, [], ConversationMethods.Open),
        new("conversations.join", RateTier.Tier3, true, ["channel"], ConversationMethods.Join),
        new("conversations.info", RateTier.Tier3, false, ["channel"], ConversationMethods.Info),
        new("conversations.list", RateTier.Tier2, false, [], ConversationMethods.List),
        new("conversations.history", RateTier.Tier3, false, ["channel"], HistoryMethods.History),
        new("conversations.replies", RateTier.Tier3, false, ["channel", "ts"], HistoryMethods.Replies),
        new("users.info", RateTier.Tier4, false, ["user"], UserMethods.Info),
        new("users.lookupByEmail", RateTier.Tier3, false, ["email"], UserMethods.LookupByEmail),
        new("views.open", RateTier.Tier4, true, ["trigger_id", "view"], ViewMethods.Open),
        new("views.push", RateTier.Tier4, true, ["trigger_id", "view"], ViewMethods.Push),
        new("views.update", RateTier.Tier4, true, ["view"], ViewMethods.Update),
        new("views.publish", RateTier.Tier4, true, ["user_id", "view"], ViewMethods.Publish),
    }.ToDictionary(m => m.Name, StringComparer.Ordinal);
}
