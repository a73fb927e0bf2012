using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;

namespace ChatGovernance.Bot.Chat;

/// <summary>What buttons are called on the wire; their value is the request's id, an offer's with the number of a way in, or with it the id of a question.</summary>
internal static class ActionIds
{
    public const string Approve = "approve";
    public const string Deny = "deny";
    public const string Cancel = "cancel";
    public const string Nudge = "nudge";
    public const string LogIn = "log-in";
    public const string Shorten = "shorten";
    public const string Return = "return";
    public const string Extend = "extend";
    public const string Question = "question";
    public const string Answer = "answer";
    public const string Revoke = "revoke";
    public const string Ask = "ask";
    public const string ConfirmLoginPolicy = "confirm-login-policy";
    public const string RejectLoginPolicy = "reject-login-policy";
    public const string AskOffered = "ask-offered";

    /// <summary>The name and value that a button for this carries; no value: it says all by its name.</summary>
    public static (string Name, string? Value) Of(ChatIntent intent) => intent switch
    {
        ChatIntent.Approve approve => (Approve, approve.Request.ToString()),
        ChatIntent.Deny deny => (Deny, deny.Request.ToString()),
        ChatIntent.Cancel cancel => (Cancel, cancel.Request.ToString()),
        ChatIntent.Nudge nudge => (Nudge, nudge.Request.ToString()),
        ChatIntent.LogIn or ChatIntent.Confirm => (LogIn, null),
        ChatIntent.Shorten shorten => (Shorten, shorten.Request.ToString()),
        ChatIntent.Question about => (Question, about.Request.ToString()),
        ChatIntent.Answer answer => (Answer, FormPlace.Question(answer.Request, answer.Asked)),
        ChatIntent.Return giveBack => (Return, giveBack.Request.ToString()),
        ChatIntent.Extend extend => (Extend, extend.Request.ToString()),
        ChatIntent.Revoke revoke => (Revoke, revoke.Request.ToString()),
        ChatIntent.ConfirmLoginPolicy confirm => (ConfirmLoginPolicy, confirm.Change.ToString()),
        ChatIntent.RejectLoginPolicy reject => (RejectLoginPolicy, reject.Change.ToString()),
        ChatIntent.AskOffered offered => (AskOffered, FormPlace.Way(offered.Offer, offered.Way)),
        ChatIntent.Ask => (Ask, null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Whether it leads to a page of ours.</summary>
    public static bool IsPage(ChatIntent intent) => intent is ChatIntent.LogIn or ChatIntent.Confirm;

    /// <summary>That page. Null: it leads to none, or nobody could open it.</summary>
    public static Uri? Page(ChatIntent intent, ILoginAddresses? addresses) => intent switch
    {
        ChatIntent.LogIn link => addresses?.OfLink(link.Login),
        ChatIntent.Confirm confirm => addresses?.OfConfirmation(confirm.Login),
        _ => null,
    };
}
