using System.Text;
using System.Text.Json;
using ChatGovernance.Bot.Api.Models;
using ChatGovernance.Core;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Bot.Api;

/// <summary>Why a call is not done, as problem details (RFC 9457). Types are stable; sentences are not.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";
    public const string TypePrefix = "urn:chatgovernance:problem:";

    /// <summary>Seconds after which what keeps a call waiting may be over.</summary>
    private const int SoonSeconds = 5;

    /// <summary>Types that are no refusal of a use case.</summary>
    public static readonly IReadOnlyDictionary<string, int> Others = new Dictionary<string, int>
    {
        ["invalid-request"] = StatusCodes.Status400BadRequest,
        ["invalid-token"] = StatusCodes.Status401Unauthorized,
        ["not-found"] = StatusCodes.Status404NotFound,
        ["changed-meanwhile"] = StatusCodes.Status412PreconditionFailed,
        ["too-large"] = StatusCodes.Status413PayloadTooLarge,
        ["not-json"] = StatusCodes.Status415UnsupportedMediaType,
        ["other-call"] = StatusCodes.Status422UnprocessableEntity,
        ["too-many-calls"] = StatusCodes.Status429TooManyRequests,
        ["busy"] = StatusCodes.Status503ServiceUnavailable,
        ["not-stored"] = StatusCodes.Status503ServiceUnavailable,
    };

    public static string TypeOf(Type refusal) => TypePrefix + JsonNamingPolicy.KebabCaseLower.ConvertName(refusal.Name);

    public static string TypeOf(Doubt why) => TypePrefix + JsonNamingPolicy.KebabCaseLower.ConvertName($"Keycloak{why}");

    public static Answer For(Refusal why)
    {
        var answer = Tell(Make(TypeOf(why.GetType()), StatusOf(why), Sentence(why)) with
        {
            Matches = why switch
            {
                Refusal.SeveralTargets several => several.Names,
                Refusal.NotOneHeld held => held.Held,
                _ => null,
            },
            RequestId = why is Refusal.AlreadyOpen open ? open.Other.ToString() : null,
        });
        return why switch
        {
            Refusal.LoginNeeded login => answer with { Challenge = Challenge(login) },
            Refusal.NotReady => answer with { RetryAfter = 1 },
            _ => answer,
        };
    }

    /// <summary>It is not known now whether it may be done.</summary>
    public static Answer For(Doubt why) =>
        Tell(Make(TypeOf(why), StatusCodes.Status503ServiceUnavailable, $"{Sentences.For(why)} Nothing was done. Please try again later.")) with { RetryAfter = SoonSeconds };

    /// <param name="fields">What is wrong, by its place.</param>
    public static Answer Invalid(params IReadOnlyList<ProblemField> fields) =>
        Tell(Other("invalid-request", $"The call cannot be understood: {string.Join(" ", fields.Select(field => field.Detail))}") with { Errors = fields });

    public static Answer NotFound() => Tell(Other("not-found", "There is no such thing, or none that you may see."));

    public static Answer NoToken() => Tell(Other("invalid-token", "Send an access token of the realm in the header Authorization: Bearer …")) with { Challenge = "Bearer" };

    public static Answer BadToken(string detail) => Tell(Other("invalid-token", detail)) with { Challenge = "Bearer error=\"invalid_token\"" };

    public static Answer ChangedMeanwhile() => Tell(Other("changed-meanwhile", "It has changed since you read it. Read it again, and decide again."));

    public static Answer TooLarge(int limit) => Tell(Other("too-large", $"A body holds at most {limit} bytes."));

    public static Answer NotJson() => Tell(Other("not-json", "Send the body as application/json."));

    public static Answer OtherCall() => Tell(Other("other-call", "This Idempotency-Key was used for another call. Use a new key for each call."));

    public static Answer TooManyCalls(TimeSpan wait) => Tell(Other("too-many-calls", "You have called too often. Please try again later.")) with { RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) };

    /// <summary>Others are being handled that came before.</summary>
    public static Answer Busy() => Tell(Other("busy", "What came before this is not handled yet. Nothing was done. Please try again in a moment.")) with { RetryAfter = 1 };

    public static Answer NotStored() => Tell(Other("not-stored", "Something here is not working, so nobody can say whether this was done. Please repeat it in a moment, with the same Idempotency-Key.")) with { RetryAfter = SoonSeconds };

    /// <summary>Who may not is told 403, what is not as it was 409, what is asked for against its rules 422.</summary>
    public static int StatusOf(Refusal why) => why switch
    {
        Refusal.LoginNeeded => StatusCodes.Status401Unauthorized,
        Refusal.OwnRequest or Refusal.NotAnApprover or Refusal.NotYours or Refusal.NotStaff or Refusal.PersonDisabled or Refusal.NotAHuman or Refusal.NotOnBehalf
            or Refusal.NotEligible or Refusal.NotOneForEmergencies or Refusal.EmergencyDenied or Refusal.EmergencyOfOthers or Refusal.NotForThem or Refusal.NoLongerAnApprover or Refusal.Administrative
            or Refusal.ChatAccountNotServed or Refusal.NotLinked or Refusal.SeveralPeople => StatusCodes.Status403Forbidden,
        Refusal.UnknownRequest or Refusal.UnknownQuestion => StatusCodes.Status404NotFound,
        Refusal.NotReady or Refusal.AlreadyDecided or Refusal.AlreadyVoted or Refusal.AlreadyAnswered or Refusal.EnoughAsked or Refusal.EnoughForOthers or Refusal.TooLate or Refusal.TooSoon or Refusal.AlreadyOpen or Refusal.Excluded
            or Refusal.GrantOver or Refusal.NothingToExtend or Refusal.NotOneHeld or Refusal.SeveralTargets or Refusal.LongEnough or Refusal.NotConfirmed or Refusal.NotCheckedInTime
            or Refusal.DirectoryAwayTooLong or Refusal.NobodyMayDecide or Refusal.NobodyReachable or Refusal.QuorumOutOfReach or Refusal.NoLongerByRule => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>Where people are told of chat's commands and clicks, callers are told otherwise.</summary>
    private static string Sentence(Refusal why) => why switch
    {
        Refusal.UnknownRequest => "There is no such request, or none that you may see.",
        Refusal.UnknownQuestion => "There is no such question about this request.",
        Refusal.NotYours => "Only the person whose it is can do this.",
        Refusal.AlreadyDecided { By: { } by } decided => $"This request was already {decided.Outcome} by {by.Name}. Nothing was changed.",
        Refusal.AlreadyDecided decided => $"This request is already closed ({decided.Outcome}). Nothing was changed.",
        Refusal.NotLinked => "This chat account is not connected to a Keycloak account.",
        Refusal.SeveralPeople => "This chat account fits several Keycloak accounts, so it proves nothing.",
        Refusal.ChatAccountNotServed => "This chat account is not served.",
        Refusal.AlreadyVoted => "Your decision on this request is already recorded.",
        Refusal.AlreadyOpen open => $"The same is asked for already, and not decided yet: request {open.Other}.",
        Refusal.NotOffered or Refusal.TargetGone => "This is not offered for request. GET /api/targets lists what is.",
        Refusal.NothingToExtend => "There is no access with an end here that could be extended. Ask for it anew.",
        Refusal.GrantOver => "It has ended already, or is being taken away.",
        _ => Sentences.For(why),
    };

    /// <summary>Step-up (RFC 9470): a token of a login that is fresh enough.</summary>
    private static string Challenge(Refusal.LoginNeeded login)
    {
        var challenge = new StringBuilder("Bearer error=\"insufficient_user_authentication\", error_description=\"A more recent login is required\"");
        challenge.Append(System.Globalization.CultureInfo.InvariantCulture, $", max_age=\"{(int)login.MaxAge.TotalSeconds}\"");
        if (login.Level is { } level)
            challenge.Append(System.Globalization.CultureInfo.InvariantCulture, $", acr_values=\"{level}\"");
        return challenge.ToString();
    }

    private static Problem Other(string type, string detail) => Make(TypePrefix + type, Others[type], detail);

    private static Problem Make(string type, int status, string detail)
    {
        var words = type[TypePrefix.Length..].Replace('-', ' ');
        return new Problem(type, char.ToUpperInvariant(words[0]) + words[1..], status, detail);
    }

    private static Answer Tell(Problem problem) => Answer.Of(problem.Status, problem, ApiJson.Default.Problem) with { ContentType = ContentType };
}
