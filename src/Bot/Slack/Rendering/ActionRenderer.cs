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
        var page = action.Intent switch
        {
            ChatIntent.LogIn link => addresses?.OfLink(link.Login),
            ChatIntent.Confirm confirm => addresses?.OfConfirmation(confirm.Login),
            _ => null,
        };
        if (action.Intent is ChatIntent.LogIn or ChatIntent.Confirm && page is null)
            return null;

        var (id, value) = action.Intent switch
        {
            ChatIntent.Approve approve => (ActionIds.Approve, approve.Request.ToString()),
            ChatIntent.Deny deny => (ActionIds.Deny, deny.Request.ToString()),
            ChatIntent.Cancel cancel => (ActionIds.Cancel, cancel.Request.ToString()),
            ChatIntent.Nudge nudge => (ActionIds.Nudge, nudge.Request.ToString()),
            ChatIntent.LogIn or ChatIntent.Confirm => (ActionIds.LogIn, null),
            ChatIntent.Shorten shorten => (ActionIds.Shorten, shorten.Request.ToString()),
            ChatIntent.Question about => (ActionIds.Question, about.Request.ToString()),
            ChatIntent.Answer answer => (ActionIds.Answer, FormPlace.Question(answer.Request, answer.Asked)),
            ChatIntent.Return giveBack => (ActionIds.Return, giveBack.Request.ToString()),
            ChatIntent.Extend extend => (ActionIds.Extend, extend.Request.ToString()),
            ChatIntent.Revoke revoke => (ActionIds.Revoke, revoke.Request.ToString()),
            ChatIntent.ConfirmLoginPolicy confirm => (ActionIds.ConfirmLoginPolicy, confirm.Change.ToString()),
            ChatIntent.RejectLoginPolicy reject => (ActionIds.RejectLoginPolicy, reject.Change.ToString()),
            ChatIntent.AskOffered offered => (ActionIds.AskOffered, FormPlace.Way(offered.Offer, offered.Way)),
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
            Confirm = action.Question is { } question ? Ask(question) : null,
        };
    }

    private static ConfirmObject Ask(ActionQuestion question) => new(
        SlackText.Line(question.Title, SlackLimits.ConfirmTitle),
        SlackText.Line(question.Text, SlackLimits.ConfirmText),
        SlackText.Line(question.Yes, SlackLimits.ConfirmButton),
        SlackText.Line("Not now", SlackLimits.ConfirmButton));
}
