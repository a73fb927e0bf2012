using System.Text.RegularExpressions;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Teams.Connector;

/// <summary>
/// What the Bot Connector's answers mean here
/// (https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis).
/// </summary>
internal static partial class ConnectorErrors
{
    public const string Unauthorized = "unauthorized";

    private const string NoSuchActivity = "ActivityNotFoundInConversation";

    /// <summary>How long to wait when the platform does not say: for it to recover, or for somebody to mend the app's credentials.</summary>
    private static readonly TimeSpan busyWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan credentialsWait = TimeSpan.FromMinutes(1);

    /// <summary>One word: the status, and the platform's own code where it says one.</summary>
    public static string Code(int status, string? code) => code is not null && Word().IsMatch(code) ? $"{status}-{code}" : $"{status}";

    public static Sent ToSent<T>(ApiResult<T> result, Func<T, ChatPlace?> place) => result switch
    {
        ApiResult<T>.Done done => place(done.Answer) is { } where ? new Sent.Done(where) : new Sent.Uncertain(),
        ApiResult<T>.Refused refused => ToSent(refused.Code),
        ApiResult<T>.TooMany tooMany => new Sent.Later(tooMany.Wait),
        ApiResult<T>.NotSent => new Sent.Later(busyWait),
        ApiResult<T>.NoAnswer or ApiResult<T>.Garbage => new Sent.Uncertain(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The same for what only looks or prepares: without an answer nothing was sent.</summary>
    public static Sent ToSentBefore<T>(ApiResult<T> result) => result is ApiResult<T>.NoAnswer or ApiResult<T>.Garbage ? new Sent.Later(busyWait) : ToSent(result, _ => null);

    /// <summary>The conversation, or whoever is in it, is not there for the bot: it was taken out, blocked, or deleted.</summary>
    public static bool IsGone(string code) => code.StartsWith("403", StringComparison.Ordinal) || (code.StartsWith("404", StringComparison.Ordinal) && !code.EndsWith(NoSuchActivity, StringComparison.Ordinal));

    private static Sent ToSent(string code) => code switch
    {
        Unauthorized => new Sent.Later(credentialsWait),
        _ when code.StartsWith("404", StringComparison.Ordinal) && code.EndsWith(NoSuchActivity, StringComparison.Ordinal) => new Sent.Missing(),
        _ when IsGone(code) => new Sent.Unreachable(code),
        // Somebody else does the same at this moment: it is there when it is asked for again.
        _ when code.StartsWith("409", StringComparison.Ordinal) => new Sent.Later(busyWait),
        _ => new Sent.Rejected(code),
    };

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,60}\z")]
    private static partial Regex Word();
}
