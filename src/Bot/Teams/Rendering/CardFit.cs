using System.Text.Json;

namespace ChatGovernance.Bot.Teams.Rendering;

/// <summary>Draws a card with shorter and shorter texts until it fits; nothing is left out before every text is short.</summary>
internal static class CardFit
{
    private static readonly int[] lengths = [3000, 1500, 700, 300, 120, 60, 30];

    private static readonly int[] parts = [15, 10, 7, 5, 3];

    /// <param name="draw">With texts of so many characters at most, and so many parts of each kind.</param>
    public static AdaptiveCard Draw(Func<CardText, int, AdaptiveCard> draw)
    {
        AdaptiveCard? card = null;
        foreach (var (length, most) in lengths.Select(length => (length, int.MaxValue)).Concat(parts.Select(most => (lengths[^1], most))))
        {
            card = draw(new CardText(length), most);
            if (Measure(card) <= TeamsLimits.CardBytes)
                return card;
        }

        return card!;
    }

    /// <summary>In bytes of UTF-8.</summary>
    public static int Measure(AdaptiveCard card) => JsonSerializer.SerializeToUtf8Bytes(card, TeamsJson.Sent.AdaptiveCard).Length;

    /// <summary>As many as there is room for; the last one says how many are missing.</summary>
    public static IEnumerable<CardElement> Some<T>(IReadOnlyList<T> all, int most, Func<T, IEnumerable<CardElement>> draw, CardText text) =>
        all.Count <= most ? all.SelectMany(draw) : all.Take(most).SelectMany(draw).Concat(text.Runs($"… and {all.Count - most} more that there is no room for here.", run => run with { IsSubtle = true }));
}
