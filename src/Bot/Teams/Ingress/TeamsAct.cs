using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Teams.Rendering;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>What an activity of somebody's turns out to be.</summary>
internal abstract record TeamsAct
{
    private protected TeamsAct()
    {
    }

    /// <summary>Typed: stored, and answered by message.</summary>
    public sealed record Typed(Meaning.Does Meaning) : TeamsAct;

    /// <summary>Something pressed or sent in a card.</summary>
    /// <param name="Surface">Where the answer is shown.</param>
    /// <param name="Card">What the press says of its card.</param>
    public sealed record InCard(CardPress Press, FormSurface Surface, CardName? Card) : TeamsAct;

    /// <summary>What somebody types in the field of a target.</summary>
    public sealed record Searches(string Text, string? Dataset) : TeamsAct;

    /// <summary>The bot was installed, or taken out.</summary>
    public sealed record Arrives : TeamsAct;

    public sealed record Leaves : TeamsAct;

    /// <summary>Well-formed, and nothing that we do something about.</summary>
    public sealed record Ignore : TeamsAct;

    /// <summary>An invoke that nobody has met yet.</summary>
    public sealed record Unknown : TeamsAct;

    public sealed record Malformed : TeamsAct;
}

internal abstract record CardPress
{
    private protected CardPress()
    {
    }

    /// <summary>Stored, then done.</summary>
    /// <param name="About">What it is about; null: nothing that a card is about.</param>
    public sealed record Does(Meaning.Does Meaning, Subject? About) : CardPress;

    /// <summary>Asks for a form.</summary>
    public sealed record Opens(Command Command, Subject? About) : CardPress;

    /// <summary>Sends a form.</summary>
    /// <param name="Meaning">Done, or checked and then done, or given back.</param>
    public sealed record Sends(FormPlace? Place, Meaning Meaning, FormInput Input) : CardPress;

    /// <summary>Asks for the form for what was picked in it.</summary>
    public sealed record Picks(FormPlace Place, FormInput Input) : CardPress;

    /// <summary>Asks for the card as it is now.</summary>
    public sealed record Refreshes : CardPress;
}
