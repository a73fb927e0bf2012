using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.WebApi;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Slack;

/// <summary>What a call's result means to those who asked for a message, a search or a form.</summary>
internal static class SlackOutcomes
{
    public static Sent ToSent<T>(ApiResult<T> result, Func<T, ChatPlace?> place) => result switch
    {
        ApiResult<T>.Done done => place(done.Answer) is { } where ? new Sent.Done(where) : new Sent.Uncertain(),
        ApiResult<T>.Refused refused => ToSent(refused.Code),
        ApiResult<T>.TooMany tooMany => new Sent.Later(tooMany.Wait),
        ApiResult<T>.NotSent => new Sent.Later(SlackErrors.BusyWait),
        ApiResult<T>.NoAnswer or ApiResult<T>.Garbage => new Sent.Uncertain(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The same for what only looks or prepares: without an answer nothing was sent.</summary>
    public static Sent ToSentBefore<T>(ApiResult<T> result) => result switch
    {
        ApiResult<T>.Refused refused when SlackErrors.Of(refused.Code) == ErrorMeaning.Unsure => new Sent.Later(SlackErrors.BusyWait),
        ApiResult<T>.NoAnswer or ApiResult<T>.Garbage => new Sent.Later(SlackErrors.BusyWait),
        _ => ToSent(result, _ => null),
    };

    public static Search ToSearch<T>(ApiResult<T> result) => result switch
    {
        ApiResult<T>.TooMany tooMany => new Search.Later(tooMany.Wait),
        ApiResult<T>.Refused refused => SlackErrors.Of(refused.Code) switch
        {
            ErrorMeaning.Busy or ErrorMeaning.Unsure => new Search.Later(SlackErrors.BusyWait),
            ErrorMeaning.Credentials => new Search.Later(SlackErrors.CredentialsWait),
            // Without its root a thread holds nothing of ours.
            ErrorMeaning.Missing => new Search.Found([]),
            _ => new Search.CannotLook(),
        },
        _ => new Search.Later(SlackErrors.BusyWait),
    };

    public static FormShown ToFormShown(ApiResult<ViewShownAnswer> result) => result switch
    {
        ApiResult<ViewShownAnswer>.Done { Answer.View.Id: { Length: > 0 } view } => new FormShown.Done(view),
        ApiResult<ViewShownAnswer>.Refused refused when SlackErrors.Of(refused.Code) == ErrorMeaning.Gone => new FormShown.Gone(refused.Code),
        ApiResult<ViewShownAnswer>.Refused refused => new FormShown.Failed(refused.Code),
        ApiResult<ViewShownAnswer>.TooMany => new FormShown.Failed("ratelimited"),
        ApiResult<ViewShownAnswer>.NotSent or ApiResult<ViewShownAnswer>.NoAnswer => new FormShown.Failed("no_answer"),
        _ => new FormShown.Failed("garbage"),
    };

    private static Sent ToSent(string code) => SlackErrors.Of(code) switch
    {
        ErrorMeaning.Missing => new Sent.Missing(),
        ErrorMeaning.Unreachable or ErrorMeaning.NoSuchUser => new Sent.Unreachable(code),
        ErrorMeaning.Busy => new Sent.Later(SlackErrors.BusyWait),
        ErrorMeaning.Credentials => new Sent.Later(SlackErrors.CredentialsWait),
        ErrorMeaning.Unsure => new Sent.Uncertain(),
        _ => new Sent.Rejected(code),
    };
}
