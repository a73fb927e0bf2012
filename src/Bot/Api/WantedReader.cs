using ChatGovernance.Bot.Api.Models;
using ChatGovernance.Core;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Bot.Api;

/// <summary>Reads what is asked for: whether it may be, is asked later.</summary>
internal static class WantedReader
{
    private const int LongestName = 300;

    /// <returns>One of the two.</returns>
    public static (Wanted? Wanted, Answer? Refused) Read(FilingBody body, Caller by, DateTimeOffset now)
    {
        // An element that is null is none, whatever its type says.
        if ((body.Targets ?? []).Contains(null!) || (body.BeneficiaryIds ?? []).Contains(null!))
            return (null, Problems.Invalid(new ProblemField(body.BeneficiaryIds?.Contains(null!) == true ? "/beneficiaryIds" : "/targets", "An element of a list is missing.")));

        var errors = new List<ProblemField>();
        var ways = new[] { body.ResourceType is not null || body.ResourceId is not null, body.Targets is not null, body.Bundle is not null }.Count(there => there);
        if (ways != 1)
            Wrong("", "Ask for one thing (resourceType and resourceId), for several (targets), or for a bundle.");
        else if (body is { Targets: null, Bundle: null } and not { ResourceType: not null, ResourceId: not null })
            Wrong(body.ResourceId is null ? "/resourceId" : "/resourceType", "resourceType and resourceId belong together.");
        if (body.Targets is { Count: 0 or > FileRequests.AtMost })
            Wrong("/targets", $"Name 1 to {FileRequests.AtMost} targets.");
        if (body.Bundle is { Length: 0 or > LongestName })
            Wrong("/bundle", $"A bundle's name has 1 to {LongestName} characters.");

        IReadOnlyList<TargetBody> targets = body.Targets ?? (body is { ResourceType: { } type, ResourceId: { } id } ? [new TargetBody(type, id)] : []);
        foreach (var (index, target) in targets.Index())
        {
            if (target.ResourceId.Length is 0 or > LongestName || target.ResourceId.Any(char.IsControl))
                Wrong(body.Targets is null ? "/resourceId" : $"/targets/{index}/resourceId", $"A name, path or id has 1 to {LongestName} characters.");
        }

        var people = People(body, Wrong);
        var length = Length(body.Length, body.Window, now, Wrong);
        var ticket = Ticket(body.Ticket, Wrong);
        return errors.Count > 0
            ? (null, Problems.Invalid(errors))
            : (new Wanted(
                by, [.. targets.Select(target => new TargetName(Shown.KindOf(target.ResourceType), target.ResourceId))], body.Bundle, people, length,
                Text.Clean(body.Justification), ticket, body.Emergency, now), null);

        void Wrong(string pointer, string detail) => errors.Add(new ProblemField(pointer, detail));
    }

    /// <inheritdoc cref="Read(FilingBody, Caller, DateTimeOffset)"/>
    public static (Wanted? Wanted, Answer? Refused) Read(ExtensionBody body, Caller by, DateTimeOffset now)
    {
        var errors = new List<ProblemField>();
        var length = Length(body.Length, null, now, Wrong);
        if (length is AccessLength.WithoutEnd)
            Wrong("/length", "Say how much longer.");
        var ticket = Ticket(body.Ticket, Wrong);
        return errors.Count > 0
            ? (null, Problems.Invalid(errors))
            : (new Wanted(by, [], null, [], length, Text.Clean(body.Justification), ticket, Emergency: false, now), null);

        void Wrong(string pointer, string detail) => errors.Add(new ProblemField(pointer, detail));
    }

    private static string? Ticket(string? text, Action<string, string> wrong)
    {
        var ticket = Text.Clean(text);
        if (ticket.Length > Submission.TicketMaximum)
            wrong("/ticket", $"A ticket has at most {Submission.TicketMaximum} characters.");
        return ticket.Length > 0 ? ticket : null;
    }

    private static IReadOnlyList<PersonId> People(FilingBody body, Action<string, string> wrong)
    {
        if (body is { RequesterId: not null, BeneficiaryIds: not null })
            wrong("/beneficiaryIds", "Say for whom by requesterId or by beneficiaryIds.");
        if (body.BeneficiaryIds is { Count: 0 or > FileRequests.AtMost })
            wrong("/beneficiaryIds", $"Name 1 to {FileRequests.AtMost} people.");
        var people = new List<PersonId>();
        foreach (var text in body.RequesterId is { } one ? [one] : body.BeneficiaryIds ?? [])
        {
            if (PersonId.TryParse(text, out var id))
                people.Add(id);
            else
                wrong(body.RequesterId is null ? "/beneficiaryIds" : "/requesterId", "People are named by their ids in Keycloak.");
        }

        return [.. people.Distinct()];
    }

    /// <summary>Null: what is usual.</summary>
    private static AccessLength? Length(string? text, WindowBody? window, DateTimeOffset now, Action<string, string> wrong)
    {
        if (text is not null && window is not null)
            wrong("/window", "Say how long by length or by window.");
        if (window is not null)
        {
            if (window.To <= window.From || window.To <= now)
                wrong("/window", "A window ends after it begins, and later than now.");
            return new AccessLength.Window(window.From.ToUniversalTime(), window.To.ToUniversalTime());
        }

        if (text is null)
            return null;
        if (AccessLength.TryParse(text, out var length))
            return length;
        wrong("/length", "A length is written 30m, 8h, 30d, PT8H, or permanent.");
        return null;
    }
}
