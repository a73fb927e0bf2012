using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Core.Requests;

/// <summary>The holder asks for longer; the same people decide as on the access itself.</summary>
public static class ExtendForm
{
    private const string Title = "Extend access";

    /// <param name="rule">As the catalog has it; null: it is no longer offered.</param>
    public static ChatForm For(FormId id, RequestId request, Entitlement entitlement, AccessRule? rule, DateTimeOffset now)
    {
        if (rule is null || entitlement.Grants.SingleOrDefault(grant => grant.Request == request)?.State is not GrantState.Active { EndsAt: { } end } active)
            return Closed(id, Sentences.For(new Refusal.NothingToExtend()));
        var left = rule.MaxDuration - (end - active.Since);
        var lengths = RequestForm.UsualLengths.Where(length => length < left).Append(left).Where(length => length >= TimeSpan.FromSeconds(1)).Distinct().Order().ToList();
        if (lengths.Count == 0)
            return Closed(id, Sentences.For(new Refusal.LongEnough(rule.MaxDuration)));

        var options = lengths.Select(length => new FormOption(Durations.Write(length), Sentences.Span(length))).ToList();
        var parts = new List<FormPart>
        {
            new FormPart.Facts([new Fact("Access", entitlement.TargetName), new Fact("Ends", end), new Fact("Time left", Sentences.Span(end > now ? end - now : TimeSpan.Zero))]),
            new FormPart.Choice(Fields.Duration, "How much longer?", options, options[0].Value),
            RequestForm.Justification(rule),
        };
        if (RequestForm.Ticket(rule) is { } ticket)
            parts.Add(ticket);
        return new ChatForm { Id = id, Purpose = new FormPurpose.Extend(request, entitlement.Target), Title = Title, Submit = "Send", Parts = parts };
    }

    public static ChatForm Closed(FormId id, string why) => new() { Id = id, Purpose = new FormPurpose.Ask(), Title = Title, Parts = [new FormPart.Words(why)] };
}
