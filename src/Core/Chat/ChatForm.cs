using ChatGovernance.Core.Offers;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Chat;

/// <summary>A form as data; drawn as a Slack modal, a Teams dialog, a page. Names of fields are part of the contract.</summary>
public sealed record ChatForm
{
    /// <summary>Ours: what is sent under it is accepted once.</summary>
    public required FormId Id { get; init; }

    public required FormPurpose Purpose { get; init; }

    public required string Title { get; init; }

    /// <summary>Null: nothing to send, only to read.</summary>
    public string? Submit { get; init; }

    public IReadOnlyList<FormPart> Parts { get; init; } = [];
}

public readonly record struct FormId(Guid Value)
{
    public override string ToString() => Value.ToString("N");

    public static bool TryParse(string? text, out FormId id)
    {
        var read = Guid.TryParseExact(text, "N", out var value);
        id = new FormId(value);
        return read;
    }
}

public abstract record FormPurpose
{
    private protected FormPurpose()
    {
    }

    public sealed record Ask : FormPurpose;

    public sealed record Deny(RequestId Request) : FormPurpose;

    /// <summary>Asks something about a request.</summary>
    public sealed record Question(RequestId Request) : FormPurpose;

    /// <summary>Answers that.</summary>
    public sealed record Answer(RequestId Request, Guid Asked) : FormPurpose;

    /// <summary>Approves for a shorter time.</summary>
    public sealed record Shorten(RequestId Request) : FormPurpose;

    /// <summary>Asks for all of one way in that somebody was offered.</summary>
    /// <param name="Targets">By whose rules the form is checked before it is answered; what counts is read from the offer.</param>
    public sealed record Offered(OfferId Offer, int Way, IReadOnlyList<Directory.TargetId> Targets) : FormPurpose;

    /// <summary>Asks for what came of this request to go on for longer.</summary>
    /// <param name="Target">By whose rule the form is checked before it is answered; what counts is read from the request.</param>
    public sealed record Extend(RequestId Request, Directory.TargetId Target) : FormPurpose;
}

public abstract record FormPart
{
    private protected FormPart()
    {
    }

    /// <summary>Something to read.</summary>
    public sealed record Words(string Text) : FormPart;

    /// <summary>A label and what stands beside it.</summary>
    public sealed record Facts(IReadOnlyList<Fact> Items) : FormPart;

    /// <summary>One of any number, found by typing. Picking one asks for the form to be drawn again.</summary>
    public sealed record Search(string Name, string Label, string Placeholder, FormOption? Picked) : FormPart;

    /// <param name="Picked">The value that is chosen beforehand.</param>
    public sealed record Choice(string Name, string Label, IReadOnlyList<FormOption> Options, string? Picked) : FormPart;

    public sealed record TextField(string Name, string Label, string? Hint, int MaxLength, bool Multiline, bool Optional) : FormPart;
}

public sealed record FormOption(string Value, string Text);

/// <summary>What is wrong with one field, in words for the person who filled it.</summary>
public sealed record FieldError(string Field, string Message);

/// <summary>Field names of the forms.</summary>
public static class Fields
{
    public const string Target = "target";
    public const string Duration = "duration";
    public const string Justification = "justification";
    public const string Ticket = "ticket";
    public const string How = "how";
    public const string Reason = "reason";
    public const string Question = "question";
}

/// <summary>What a person sent or picked: raw values by field name, believed by nobody.</summary>
public sealed record FormInput(IReadOnlyDictionary<string, string> Values)
{
    public string this[string field] => Values.TryGetValue(field, out var value) ? value : "";
}
