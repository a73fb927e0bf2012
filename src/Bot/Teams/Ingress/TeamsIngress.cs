using System.Diagnostics;
using System.Net;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Bot.Teams.Connector;
using ChatGovernance.Infrastructure.Conversations;
using ChatGovernance.Infrastructure.Work;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>Activities by HTTP: read, proved to be the Bot Connector's, then taken. Where the conversation is reached is kept from these alone.</summary>
internal sealed partial class TeamsIngress(
    ConnectorTokens tokens, TeamsIntake intake, IConversations conversations, IOptions<TeamsOptions> options, TeamsMetrics metrics, TimeProvider time, ILogger<TeamsIngress> log)
{
    public const string Kind = DeliveryKind.Activity;

    /// <summary>How old what is known of a conversation's last sign of life may be.</summary>
    private static readonly TimeSpan seenOften = TimeSpan.FromHours(1);

    public async Task<(Acknowledged How, IResult Answer)> Receive(HttpContext context, CancellationToken ct)
    {
        byte[]? body;
        try
        {
            body = await RequestBody.Read(context.Request, ct);
        }
        catch (BadHttpRequestException e)
        {
            return Refuse(e.StatusCode == StatusCodes.Status413PayloadTooLarge ? RefusedFor.Oversized : RefusedFor.Malformed, e.StatusCode);
        }

        if (body is null)
            return Refuse(RefusedFor.Oversized, StatusCodes.Status413PayloadTooLarge);
        if (TeamsJson.Read(body, TeamsJson.Default.Activity) is not { Type: { Length: > 0 } } activity || ServiceUrls.Read(activity.ServiceUrl) is not { } serviceUrl)
            return Refuse(RefusedFor.Malformed, StatusCodes.Status400BadRequest);
        if (await CheckSender(context, activity, ct) is { } refused)
            return Refuse(refused.Why, refused.Status);
        if (TeamsIds.Conversation(activity) is not { } conversation)
            return Ignore();
        if (!options.Value.Anonymous && !options.Value.Serves(TeamsIds.Tenant(activity)))
            return Refuse(RefusedFor.Forged, StatusCodes.Status403Forbidden);

        var by = TeamsIds.Account(activity, options.Value.Anonymous);
        var act = by is { } account ? ActivityParser.Read(activity, account) : ActivityParser.ReadOfNobody(activity);
        if (act is TeamsAct.Malformed || !AreIds(activity, act))
            return Refuse(RefusedFor.Malformed, StatusCodes.Status400BadRequest);

        var alone = IsAlone(activity);
        var arrival = by is { } who ? new Arrival(activity, body, conversation, who, alone) : null;
        // Whoever types in a field waits for each letter; nothing is learned of it.
        if (act is not TeamsAct.Searches
            && !await Keep(new Conversation(conversation, serviceUrl, alone ? by : null, alone ? activity.From?.Id : null, null, time.GetUtcNow(), act is TeamsAct.Leaves ? time.GetUtcNow() : null), act, arrival, ct))
            return Answer(TeamsIntake.NotKept(act));

        return Answer(arrival is null ? new Intake.Answered(Acknowledged.Ignored, activity.Type == "invoke" ? TeamsAnswers.Nobody : []) : await intake.Take(act, arrival, ct));
    }

    private (Acknowledged How, IResult Answer) Answer(Intake taken)
    {
        if (taken.How == Acknowledged.Ignored)
            metrics.CountIgnored(Kind);
        return taken switch
        {
            Intake.Answered { Body.Length: 0 } => (taken.How, Results.Ok()),
            Intake.Answered answered => (taken.How, Results.Bytes(answered.Body, "application/json")),
            Intake.NotStored => NotStored(),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>What is stored and looked for by is an id.</summary>
    private static bool AreIds(Activity activity, TeamsAct act) =>
        (act is TeamsAct.Ignore or TeamsAct.Leaves || TeamsIds.IsKey(activity.Id))
        && (activity.ReplyToId is null || TeamsIds.IsKey(activity.ReplyToId)) && (activity.From?.Id is null || TeamsIds.IsKey(activity.From.Id));

    /// <returns>Null: it is the Bot Connector's; or, in development, this machine's own.</returns>
    private async Task<TokenRefusal?> CheckSender(HttpContext context, Activity activity, CancellationToken ct)
    {
        if (!options.Value.Anonymous)
            return await tokens.Check(context.Request.Headers.Authorization.ToString(), activity, ct);
        return context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) ? null : new TokenRefusal(RefusedFor.Unsigned, StatusCodes.Status401Unauthorized);
    }

    /// <summary>Clients for development may not say what a conversation is.</summary>
    private bool IsAlone(Activity activity) => activity.Conversation?.ConversationType == "personal" || (activity.Conversation?.ConversationType is null && options.Value.Anonymous);

    /// <summary>Writes what is new of it; and somebody who is heard of again where nothing could be said is as one who arrives.</summary>
    /// <returns>False: it could not be stored, or not in time.</returns>
    private async Task<bool> Keep(Conversation seen, TeamsAct act, Arrival? arrival, CancellationToken ct)
    {
        try
        {
            return await Deadline.Within(StoreDelivery.Within, time, async token =>
            {
                var before = await conversations.Find(seen.Id, token);
                if (before is { EndedAt: not null } && seen.EndedAt is null && arrival is { Alone: true } && act is not TeamsAct.Arrives && !await intake.Returns(arrival, token))
                    return false;
                if (before is null || before.SeenAt + seenOften < seen.SeenAt || before with { SeenAt = seen.SeenAt, Address = null } != seen with { Account = seen.Account ?? before.Account, Member = seen.Member ?? before.Member })
                    await conversations.Keep(seen, token);
                return true;
            }, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogNotKept(e);
            return false;
        }
    }

    private (Acknowledged How, IResult Answer) Ignore()
    {
        metrics.CountIgnored(Kind);
        return (Acknowledged.Ignored, Results.Ok());
    }

    private (Acknowledged How, IResult Answer) NotStored()
    {
        metrics.CountRefused(Kind, RefusedFor.NotStored);
        return (Acknowledged.NotTaken, Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
    }

    private (Acknowledged How, IResult Answer) Refuse(RefusedFor reason, int status)
    {
        metrics.CountRefused(Kind, reason);
        return (Acknowledged.Refused, Results.StatusCode(status));
    }

    [LoggerMessage(1, LogLevel.Error, "Where a conversation is reached could not be stored, and its activity is not called taken.")]
    private partial void LogNotKept(Exception e);
}

/// <summary>An activity that is the platform's, with who did it.</summary>
/// <param name="Conversation">Its id, without the thread.</param>
/// <param name="Alone">The conversation is theirs alone.</param>
internal sealed record Arrival(Activity Activity, byte[] Body, string Conversation, Core.People.ChatAccount By, bool Alone);
