using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;

namespace ChatGovernance.Bot.Slack.Rendering;

internal static class ActionRenderer
{
    /// <summary>An action id may be in a block once. A page that nobody can open has no button.</summary>
    /// <param name="addressOf">Null: no page of ours is led to from here.</param>
    public static IEnumerable<Block> Render(IReadOnlyList<ChatAction> actions, Func<LoginId, Uri?>? addressOf = null)
    {
        var row = new List<Element>();
        foreach (var button in actions.Select(action => Button(action, addressOf)).OfType<Element.Button>())
        {
            if (row.Count == SlackLimits.Actions || row.Exists(other => other.ActionId == button.ActionId))
            {
                yield return new Block.Actions([.. row]);
                row.Clear();
            }

            row.Add(button);
        }

        if (row.Count > 0)
            yield return new Block.Actions([.. row]);
    }

    private static Element.Button? Button(ChatAction action, Func<LoginId, Uri?>? addressOf)
    {
        var page = action.Intent is ChatIntent.LogIn there ? addressOf?.Invoke(there.Login) : null;
        if (action.Intent is ChatIntent.LogIn && page is null)
            return null;

        var (id, value) = action.Intent switch
        {
            ChatIntent.Approve approve => (ActionIds.Approve, approve.Request.ToString()),
            ChatIntent.Deny deny => (ActionIds.Deny, deny.Request.ToString()),
            ChatIntent.Cancel cancel => (ActionIds.Cancel, cancel.Request.ToString()),
            ChatIntent.Nudge nudge => (ActionIds.Nudge, nudge.Request.ToString()),
            ChatIntent.LogIn => (ActionIds.LogIn, null),
            ChatIntent.Ask => (ActionIds.Ask, (string?)null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new Element.Button(id, SlackText.Line(action.Label, SlackLimits.ButtonText))
        {
            Value = value,
            Url = page?.AbsoluteUri,
            Style = action.Style switch
            {
                ActionStyle.Primary => "primary",
                ActionStyle.Danger => "danger",
                _ => null,
            },
        };
    }
}
