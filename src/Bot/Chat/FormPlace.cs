using System.Globalization;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Bot.Chat;

/// <summary>A form's id and purpose, as a form that is shown carries them.</summary>
internal sealed record FormPlace(FormId Id, FormPurpose Purpose)
{
    private const string Ask = "ask";
    private const string Deny = "deny";
    private const string Shorten = "shorten";
    private const string AskFirst = "question";
    private const string Answer = "answer";
    private const string Extend = "extend";
    private const string Offered = "offered";

    /// <summary>What it is for.</summary>
    public string Name => Purpose switch
    {
        FormPurpose.Ask => Ask,
        FormPurpose.Deny => Deny,
        FormPurpose.Shorten => Shorten,
        FormPurpose.Question => AskFirst,
        FormPurpose.Answer => Answer,
        FormPurpose.Extend => Extend,
        FormPurpose.Offered => Offered,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Its own id, and those of what it is about.</summary>
    public string Ids => Purpose switch
    {
        FormPurpose.Deny deny => $"{Id} {deny.Request}",
        FormPurpose.Shorten shorten => $"{Id} {shorten.Request}",
        FormPurpose.Question question => $"{Id} {question.Request}",
        FormPurpose.Answer answer => $"{Id} {Question(answer.Request, answer.Asked)}",
        FormPurpose.Extend extend => $"{Id} {extend.Request} {extend.Target}",
        FormPurpose.Offered offered => $"{Id} {Way(offered.Offer, offered.Way)} {string.Join(' ', offered.Targets)}",
        _ => Id.ToString(),
    };

    /// <summary>Null: no form of ours carries this.</summary>
    public static FormPlace? Read(string? name, string? ids) => (name, ids?.Split(' ')) switch
    {
        (Ask, [var form]) when FormId.TryParse(form, out var id) => new FormPlace(id, new FormPurpose.Ask()),
        (Deny, [var form, var request]) when FormId.TryParse(form, out var id) && RequestId.TryParse(request, out var denied) =>
            new FormPlace(id, new FormPurpose.Deny(denied)),
        (Shorten, [var form, var request]) when FormId.TryParse(form, out var id) && RequestId.TryParse(request, out var shortened) =>
            new FormPlace(id, new FormPurpose.Shorten(shortened)),
        (AskFirst, [var form, var request]) when FormId.TryParse(form, out var id) && RequestId.TryParse(request, out var about) =>
            new FormPlace(id, new FormPurpose.Question(about)),
        (Answer, [var form, var question]) when FormId.TryParse(form, out var id) && ReadQuestion(question) is { } asked =>
            new FormPlace(id, new FormPurpose.Answer(asked.Request, asked.Question)),
        (Extend, [var form, var request, var target]) when FormId.TryParse(form, out var id) && RequestId.TryParse(request, out var extended) && TargetId.TryParse(target, out var of) =>
            new FormPlace(id, new FormPurpose.Extend(extended, of)),
        (Offered, [var form, var way, _, ..]) when FormId.TryParse(form, out var id) && ReadWay(way) is { } wanted && Targets(ids!.Split(' ')[2..]) is { } targets =>
            new FormPlace(id, new FormPurpose.Offered(wanted.Offer, wanted.Way, targets)),
        _ => null,
    };

    /// <summary>A question about a request, as buttons carry it, too.</summary>
    public static string Question(RequestId request, Guid question) => $"{request}:{question:N}";

    /// <summary>Null: nothing that <see cref="Question"/> wrote.</summary>
    public static (RequestId Request, Guid Question)? ReadQuestion(string? text) =>
        text?.Split(':') is [var request, var question] && RequestId.TryParse(request, out var id) && Guid.TryParseExact(question, "N", out var asked) ? (id, asked) : null;

    /// <summary>One way in of an offer, as buttons carry it, too.</summary>
    public static string Way(OfferId offer, int way) => string.Create(CultureInfo.InvariantCulture, $"{offer}:{way}");

    /// <summary>Null: nothing that <see cref="Way"/> wrote.</summary>
    public static (OfferId Offer, int Way)? ReadWay(string? text) =>
        text?.Split(':') is [var offer, var way] && OfferId.TryParse(offer, out var id) && int.TryParse(way, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (id, number) : null;

    private static List<TargetId>? Targets(string[] texts)
    {
        var targets = new List<TargetId>();
        foreach (var text in texts)
        {
            if (!TargetId.TryParse(text, out var target))
                return null;
            targets.Add(target);
        }

        return targets;
    }
}
