using ChatGovernance.Bot.Chat;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;

namespace ChatGovernance.Bot.Slack.Rendering;

internal static class ActionRenderer
{
    /// <summary>An action id may be in a block once. A page that nobody can open has no button.</summary>
    /// <param name="addresses">Null: no page of ours is led to from here.</param>
    public static IEnumerable<Block> Render(IReadOnlyList<ChatAction> actions, ILoginAddresses? addresses = null)
    {
        var row = new List<Element>();
        foreach (var button in actions.Select(action => Button(action, addresses)).OfType<Element.Button>())
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

    private static Element.Button? Button(ChatAction action, ILoginAddresses? addresses)
    {
        var page = ActionIds.Page(action.Intent, addresses);
        if (page is null && ActionIds.IsPage(action.Intent))
            return null;
        var (id, value) = ActionIds.Of(action.Intent);
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
            Confirm = action.Question is { } question ? Ask(question) : null,
        };
    }

    private static ConfirmObject Ask(ActionQuestion question) => new(
        SlackText.Line(question.Title, SlackLimits.ConfirmTitle),
        SlackText.Line(question.Text, SlackLimits.ConfirmText),
        SlackText.Line(question.Yes, SlackLimits.ConfirmButton),
        SlackText.Line("Not now", SlackLimits.ConfirmButton));
}
