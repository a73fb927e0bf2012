using ChatGovernance.Bot.Chat;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;

namespace ChatGovernance.Bot.Teams.Rendering;

/// <summary>Buttons. What asks for a form of several fields opens a dialog; everything else is answered with what the card becomes.</summary>
/// <param name="card">The card that they are in, as <see cref="CardName"/> writes it; null: a note.</param>
/// <param name="addresses">Null: no page of ours is led to from here.</param>
internal sealed class ButtonRenderer(CardText text, string? card, ILoginAddresses? addresses)
{
    // A choice of taste; clients cut what does not fit.
    private const int Label = 60;

    /// <summary>A page that nobody can open has no button.</summary>
    public IEnumerable<CardElement> Render(IReadOnlyList<ChatAction> actions) =>
        actions.Select(Button).OfType<CardAction>().Chunk(TeamsLimits.ActionsInRow).Select(row => new CardElement.Buttons(row));

    private CardAction? Button(ChatAction action)
    {
        if (ActionIds.IsPage(action.Intent))
            return ActionIds.Page(action.Intent, addresses) is { } page ? new CardAction.OpenUrl(page.AbsoluteUri) { Title = Title(action.Label) } : null;

        return action.Question is { } question
            ? new CardAction.ShowCard(new AdaptiveCard(
            [
                .. text.Runs(question.Title, run => run with { Weight = "bolder" }),
                .. text.Runs(question.Text),
                new CardElement.Buttons([Press(action, question.Yes)]),
            ]))
            {
                Title = Title(action.Label),
                Style = Style(action.Style),
            }
            : Press(action, action.Label);
    }

    private CardAction Press(ChatAction action, string label)
    {
        var (name, value) = ActionIds.Of(action.Intent);
        var data = new CardData { Value = value, Card = card };
        CardAction press = action.Intent is ChatIntent.Ask or ChatIntent.AskOffered or ChatIntent.Extend
            ? new CardAction.Submit(data with { Verb = name, Msteams = new CardDialog() })
            : new CardAction.Execute(name, data);
        return press with { Title = Title(label), Style = Style(action.Style) };
    }

    private string Title(string label) => text.Line(label, Label);

    private static string? Style(ActionStyle style) => style switch
    {
        ActionStyle.Primary => "positive",
        ActionStyle.Danger => "destructive",
        _ => null,
    };
}
