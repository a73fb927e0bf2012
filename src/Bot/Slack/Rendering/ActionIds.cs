namespace ChatGovernance.Bot.Slack.Rendering;

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
}
