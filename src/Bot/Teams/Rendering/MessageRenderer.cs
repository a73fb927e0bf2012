using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;

namespace ChatGovernance.Bot.Teams.Rendering;

/// <summary>A message as a card, with the text that notifications show.</summary>
internal sealed record RenderedMessage(string Summary, AdaptiveCard Card);

internal static class MessageRenderer
{
    private const int Summary = 300;

    /// <param name="refreshedFor">Whose clients ask for it anew, by their ids in conversations.</param>
    public static RenderedMessage Render(ChatMessage message, ILoginAddresses? addresses, IReadOnlyList<string> refreshedFor) =>
        new(Core.Text.Cut(CardText.Own(message.Title), Summary), CardFit.Draw((text, most) => Draw(message, addresses, refreshedFor, text, most)));

    private static AdaptiveCard Draw(ChatMessage message, ILoginAddresses? addresses, IReadOnlyList<string> refreshedFor, CardText text, int most)
    {
        var name = CardName.Of(message.Card);
        var lines = message.Lines.Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        var saidInOneLine = message is { Facts.Count: 0, Actions.Count: 0 } && lines.Count == 0;
        return new AdaptiveCard(
        [
            .. text.Runs(CardText.Own(message.Title), run => saidInOneLine ? run : run with { Size = "medium", Weight = "bolder" }),
            .. CardFit.Some(lines, most, line => text.Runs(CardText.Own(line)), text),
            .. CardFit.Some(message.Facts, most, text.Fact, text),
            .. new ButtonRenderer(text, name, addresses).Render([.. message.Actions.Take(most)]),
            .. string.IsNullOrWhiteSpace(message.Small) ? [] : text.Runs(message.Small, run => run with { Size = "small", IsSubtle = true }),
        ])
        {
            Refresh = name is null || refreshedFor.Count == 0 ? null : Refresh(name, refreshedFor),
        };
    }

    public static CardRefresh Refresh(string name, IReadOnlyList<string> refreshedFor) =>
        new(new CardAction.Execute(CardVerbs.Refresh, new CardData { Card = name })) { UserIds = [.. refreshedFor.Take(TeamsLimits.RefreshedPeople)] };
}
