using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Teams.Rendering;

/// <summary>A person's own page, as a card: Teams has no place of its own for it.</summary>
internal static class HomeRenderer
{
    public const string Title = "My access";

    /// <param name="key">Of the card.</param>
    public static RenderedMessage Render(ChatHome home, CardKey key, IReadOnlyList<string> refreshedFor) => new(Title, CardFit.Draw((text, most) =>
    {
        var name = CardName.Of(key)!;
        var buttons = new ButtonRenderer(text, name, null);
        return new AdaptiveCard(
        [
            .. text.Runs(Title, run => run with { Size = "large", Weight = "bolder" }),
            .. buttons.Render(home.Actions),
            .. home.Sections.SelectMany(section => Section(section, text, buttons, most)),
        ])
        {
            Refresh = refreshedFor.Count == 0 ? null : MessageRenderer.Refresh(name, refreshedFor),
        };
    }));

    private static IEnumerable<CardElement> Section(HomeSection section, CardText text, ButtonRenderer buttons, int most)
    {
        var more = section.More + Math.Max(0, section.Items.Count - most);
        return
        [
            .. text.Runs(section.Title, run => run with { Size = "medium", Weight = "bolder" }),
            .. section.Items.Count == 0 ? text.Runs(section.IfEmpty) : [],
            .. section.Items.Take(most).Select(item => Item(item, text, buttons)),
            .. more == 0 ? [] : text.Runs($"and {more} more", run => run with { IsSubtle = true }),
        ];
    }

    private static CardElement.Group Item(HomeItem item, CardText text, ButtonRenderer buttons) => new(
    [
        .. text.Runs(item.Title),
        .. item.Facts.SelectMany(text.Fact),
        .. buttons.Render(item.Actions),
    ])
    {
        Separator = true,
    };
}
