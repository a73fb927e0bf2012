using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Chat;

/// <summary>
/// Says in which card something was pressed, by our own record of what is shown where; what the press claims only helps where there is
/// no record, because the post that made the copy was never answered.
/// </summary>
public sealed class FindPressed(ICards cards, ICommits commits)
{
    /// <param name="place">The message, as the platform says it.</param>
    /// <param name="alone">The conversation is theirs alone.</param>
    /// <param name="claimed">What the press says of its card; null: nothing.</param>
    public async Task<Pressed> Run(ChatAccount by, ChatPlace place, bool alone, (Subject Subject, CardPurpose Purpose)? claimed, CancellationToken ct)
    {
        if (await cards.At(place, ct) is { Key: var key })
        {
            var theirs = key.Audience is not Audience.Person person || person.Account == by;
            return theirs && (claimed is null || claimed == (key.Subject, key.Purpose)) ? new Pressed.Card(key) : new Pressed.Nowhere();
        }

        if (claimed is not { } named)
            return alone ? new Pressed.Note() : new Pressed.Nowhere();
        Audience audience = alone ? new Audience.Person(by) : new Audience.Channel(new ChatChannel(by.Platform, place.Conversation));
        if (await cards.Find(new CardKey(named.Subject, audience, named.Purpose), ct) is not { } card)
            return new Pressed.Nowhere();
        if (card.Place is null && card.Attempt is not null)
            await commits.Commit(new Changes { Found = [new FoundCard(card.Id, place)] }, ct);
        return new Pressed.Card(card.Key);
    }
}

public abstract record Pressed
{
    private protected Pressed()
    {
    }

    public sealed record Card(CardKey Key) : Pressed;

    /// <summary>In something that is said once, or a form, in a conversation of theirs alone.</summary>
    public sealed record Note : Pressed;

    /// <summary>In nothing that is shown to them.</summary>
    public sealed record Nowhere : Pressed;
}
