using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Offers;

/// <summary>Asks for all that a login needs at once: one reason and one length, a request for each.</summary>
public static class OfferForm
{
    /// <param name="entries">What is asked for, as the catalog has it: two or more.</param>
    public static ChatForm For(FormId id, LoginOffer offer, int way, IReadOnlyList<CatalogEntry> entries)
    {
        var longest = entries.Min(entry => entry.Rule.MaxDuration);
        var usual = entries.Min(entry => entry.Rule.DefaultDuration);
        var lengths = RequestForm.UsualLengths.Where(length => length < longest && length >= TimeSpan.FromMinutes(1)).Append(longest).Append(usual).Distinct().Order();
        var parts = new List<FormPart>
        {
            new FormPart.Facts([new Fact("To log in to", offer.ClientName), new Fact("You ask for", Sentences.List([.. entries.Select(entry => entry.Name)], 10))]),
            new FormPart.Choice(Fields.Duration, "For how long?", [.. lengths.Select(length => new FormOption(Durations.Write(length), Sentences.Span(length)))], Durations.Write(usual)),
            RequestForm.Justification(entries[0].Rule with { JustificationPatterns = [.. entries.SelectMany(entry => entry.Rule.JustificationPatterns).Distinct()] }),
        };
        if (RequestForm.Ticket(entries[0].Rule with { TicketPatterns = [.. entries.SelectMany(entry => entry.Rule.TicketPatterns).Distinct()] }) is { } ticket)
            parts.Add(ticket);
        return new ChatForm { Id = id, Purpose = new FormPurpose.Offered(offer.Id, way, [.. entries.Select(entry => entry.Target)]), Title = "Request access", Submit = "Send", Parts = parts };
    }
}
