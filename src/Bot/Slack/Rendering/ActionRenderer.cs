using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Slack.Rendering;

internal static class ActionRenderer
{
    public static IEnumerable<Block> Render(IReadOnlyList<ChatAction> actions) =>
        actions.Chunk(SlackLimits.Actions).Select(row => new Block.Actions([.. row.Select(Button)]));

    private static Element.Button Button(ChatAction action)
    {
        var (id, value) = action.Intent switch
        {
            ChatIntent.Approve approve => (ActionIds.Approve, approve.Request.ToString()),
            ChatIntent.Deny deny => (ActionIds.Deny, deny.Request.ToString()),
            ChatIntent.Ask => (ActionIds.Ask, (string?)null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new Element.Button(id, SlackText.Line(action.Label, SlackLimits.ButtonText))
        {
            Value = value,
            Style = action.Style switch
            {
                ActionStyle.Primary => "primary",
                ActionStyle.Danger => "danger",
                _ => null,
            },
        };
    }
}
