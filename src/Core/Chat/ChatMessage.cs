using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Chat;

/// <summary>
/// A message, said once and drawn by each platform. All text is plain: no platform's markup, and what people wrote stays as they wrote it.
/// A renderer escapes and cuts.
/// </summary>
public sealed record ChatMessage
{
    /// <summary>One line that says it all; also the notification.</summary>
    public required string Title { get; init; }

    public IReadOnlyList<string> Lines { get; init; } = [];

    public IReadOnlyList<Fact> Facts { get; init; } = [];

    public IReadOnlyList<ChatAction> Actions { get; init; } = [];

    /// <summary>In small print below.</summary>
    public string? Small { get; init; }

    /// <summary>The card that this is; null: a note.</summary>
    public CardKey? Card { get; init; }

    /// <summary>Who is shown the buttons, where a platform can show different people different things; empty: everybody.</summary>
    public IReadOnlyList<ChatAccount> ButtonsFor { get; init; } = [];

    /// <summary>As this reader sees it; null: somebody who is shown no buttons that are not for everybody.</summary>
    public ChatMessage SeenBy(ChatAccount? reader) =>
        ButtonsFor.Count == 0 || (reader is { } one && ButtonsFor.Contains(one)) ? this : this with { Actions = [] };
}

/// <summary>A label and what stands beside it.</summary>
public sealed record Fact(string Label, FactValue Value)
{
    public Fact(string label, string text)
        : this(label, new FactValue.Words(text))
    {
    }

    public Fact(string label, DateTimeOffset at)
        : this(label, new FactValue.Instant(at))
    {
    }
}

public abstract record FactValue
{
    private protected FactValue()
    {
    }

    public sealed record Words(string Text) : FactValue;

    /// <summary>Shown in the reader's own time zone where the platform can.</summary>
    public sealed record Instant(DateTimeOffset At) : FactValue;
}

public enum ActionStyle
{
    Usual,
    Primary,
    Danger,
}

/// <summary>A button. It carries an intent and an opaque id; who may press it is decided at the press.</summary>
public sealed record ChatAction(string Label, ChatIntent Intent, ActionStyle Style = ActionStyle.Usual)
{
    /// <summary>Asked before the press counts, where it cannot be taken back.</summary>
    public ActionQuestion? Question { get; init; }
}

/// <param name="Yes">The button that goes on.</param>
public sealed record ActionQuestion(string Title, string Text, string Yes);

public abstract record ChatIntent
{
    private protected ChatIntent()
    {
    }

    public sealed record Approve(RequestId Request) : ChatIntent;

    /// <summary>Opens a dialog for the reason; the vote is what it sends.</summary>
    public sealed record Deny(RequestId Request) : ChatIntent;

    /// <summary>Opens a dialog in which somebody who decides asks something first.</summary>
    public sealed record Question(RequestId Request) : ChatIntent;

    /// <summary>Opens a dialog for the answer.</summary>
    public sealed record Answer(RequestId Request, Guid Asked) : ChatIntent;

    /// <summary>The requester has the approvers reminded.</summary>
    public sealed record Nudge(RequestId Request) : ChatIntent;

    /// <summary>The requester withdraws.</summary>
    public sealed record Cancel(RequestId Request) : ChatIntent;

    /// <summary>Leads to a page of ours. The address is made when the message is sent, and is in no row.</summary>
    public sealed record LogIn(LoginId Login) : ChatIntent;

    /// <summary>The same for the page that confirms a decision.</summary>
    public sealed record Confirm(LoginId Login) : ChatIntent;

    /// <summary>Opens a dialog for a shorter time; what it sends is the vote.</summary>
    public sealed record Shorten(RequestId Request) : ChatIntent;

    /// <summary>An approver or the security team takes it away.</summary>
    public sealed record Revoke(RequestId Request) : ChatIntent;

    /// <summary>The holder gives it back.</summary>
    public sealed record Return(RequestId Request) : ChatIntent;

    /// <summary>Opens a dialog in which the holder asks for longer.</summary>
    public sealed record Extend(RequestId Request) : ChatIntent;

    /// <summary>Opens the request form.</summary>
    public sealed record Ask : ChatIntent;

    /// <summary>A second administrator confirms another login policy.</summary>
    public sealed record ConfirmLoginPolicy(LoginChangeId Change) : ChatIntent;

    /// <summary>An administrator rejects it, or who proposed it withdraws it.</summary>
    public sealed record RejectLoginPolicy(LoginChangeId Change) : ChatIntent;

    /// <summary>Opens the form for one of the ways in that somebody was offered, counted from 0.</summary>
    public sealed record AskOffered(OfferId Offer, int Way) : ChatIntent;
}
