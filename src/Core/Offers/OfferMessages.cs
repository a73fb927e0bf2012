using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Offers;

/// <summary>An offer as the person reads it, drawn from what is true now.</summary>
public static class OfferMessages
{
    /// <summary>An offer that was made so short a while ago lies open before them.</summary>
    public static readonly TimeSpan JustNow = TimeSpan.FromMinutes(2);

    public static CardKey Card(LoginOffer offer, ChatAccount account) => new(Subject.Of(offer.Id), new Audience.Person(account), CardPurpose.Offer);

    /// <summary>They pressed for access again: the offer is there already.</summary>
    /// <param name="press">Tells presses apart.</param>
    public static Note StillThere(LoginOffer offer, ChatAccount account, string press) => RequestChanges.Tell(
        account, $"offer-wanted:{press}:{account}", Subject.Of(account), $"What lets you in to {offer.ClientName} is further up here", "Look for the message about it, or type /request-access.");

    /// <param name="standing">How far each target has come.</param>
    public static ChatMessage For(LoginOffer offer, IReadOnlyDictionary<OfferedTarget, OfferStanding> standing)
    {
        if (offer.Ways.FirstOrDefault(way => way.Targets.All(target => standing[target] == OfferStanding.Held)) is not null)
            return new ChatMessage { Title = $"You have what {offer.ClientName} asks for", Lines = ["Log in to it again."] };

        return new ChatMessage
        {
            Title = $"{offer.ClientName} did not let you in",
            Lines = [Line(offer)],
            Facts = [.. offer.Ways.SelectMany(way => way.Targets).Distinct().Where(target => standing[target] != OfferStanding.None).Select(target => new Fact(target.Name, Word(standing[target])))],
            Actions = [.. offer.Ways.Select((way, number) => (way, number)).Where(one => one.way.Targets.Any(target => standing[target] == OfferStanding.None)).Select(one => Ask(offer, one.way, one.number))],
        };
    }

    private static string Line(LoginOffer offer) => offer switch
    {
        { Needs.Count: 0 } => "What it asks for at login has to be mended first. Tell a Keycloak administrator.",
        { Ways.Count: 0 } => $"It asks for {Needs(offer.Needs)}, and nothing that you can ask for here brings that. Ask a Keycloak administrator for it.",
        { Ways: [{ Targets: [var only] }] } => $"Ask for {only.Name}. Once it is granted, log in again.",
        { Ways: [var together] } => $"It asks for all of this: {Sentences.List([.. together.Targets.Select(target => target.Name)], 10)}. Once all is granted, log in again.",
        _ => "Ask for one of these; the first gives the least. Once it is granted, log in again.",
    };

    private static string Needs(IReadOnlyList<LoginNeed> needs) => string.Join(", and ", needs.Select(need => string.Join(" or ",
    [
        .. need.Roles.Select(role => $"the role {role}"),
        .. need.Groups.Select(group => $"the group {group}"),
    ])));

    private static ChatAction Ask(LoginOffer offer, WayIn way, int number) => new(
        way.Targets is [var only] ? $"Request {only.Name}" : $"Request all {way.Targets.Count}",
        new ChatIntent.AskOffered(offer.Id, number),
        number == 0 ? ActionStyle.Primary : ActionStyle.Usual);

    private static string Word(OfferStanding standing) => standing switch
    {
        OfferStanding.Asked => "asked for, and not decided yet",
        OfferStanding.Coming => "approved, and being given",
        OfferStanding.Held => "yours",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>How far what was offered has come.</summary>
public enum OfferStanding
{
    /// <summary>It can be asked for.</summary>
    None,
    Asked,
    Coming,
    Held,
}
