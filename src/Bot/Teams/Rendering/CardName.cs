using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Teams.Rendering;

/// <summary>Which card a message shows, as its buttons carry it: of a copy that the bot does not know of it says what to draw.</summary>
internal sealed record CardName(CardPurpose Purpose, Subject Subject)
{
    public static string? Of(CardKey? key) => key is null ? null : new CardName(key.Purpose, key.Subject).ToString();

    /// <summary>Null: no card of ours is called so.</summary>
    public static CardName? Read(string? text) =>
        text?.Split(' ') is [var purpose, { Length: > 0 and < 300 } subject] && Enum.TryParse<CardPurpose>(purpose, out var known) && Enum.IsDefined(known) ? new CardName(known, new Subject(subject)) : null;

    public override string ToString() => $"{Purpose} {Subject}";
}
