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
    public const string Kind = "teams/activity";

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
        if (act is TeamsAct.Malformed || (act is not (TeamsAct.Ignore or TeamsAct.Leaves) && !TeamsIds.IsKey(activity.Id)))
            return Refuse(RefusedFor.Malformed, StatusCodes.Status400BadRequest);
        if (!await Keep(new Conversation(
                conversation, serviceUrl, IsAlone(activity) ? by : null, IsAlone(activity) ? activity.From?.Id : null, null, time.GetUtcNow(), act is TeamsAct.Leaves ? time.GetUtcNow() : null), ct))
            return NotStored();

        var taken = by is null ? new Intake.Answered(Acknowledged.Ignored, []) : await intake.Take(act, new Arrival(activity, body, conversation, by.Value, IsAlone(activity)), ct);
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

    /// <returns>Null: it is the Bot Connector's; or, in development, this machine's own.</returns>
    private async Task<TokenRefusal?> CheckSender(HttpContext context, Activity activity, CancellationToken ct)
    {
        if (!options.Value.Anonymous)
            return await tokens.Check(context.Request.Headers.Authorization.ToString(), activity, ct);
        return context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) ? null : new TokenRefusal(RefusedFor.Unsigned, StatusCodes.Status401Unauthorized);
    }

    private static bool IsAlone(Activity activity) => activity.Conversation?.ConversationType is null or "personal";

    /// <returns>False: it could not be stored, or not in time.</returns>
    private async Task<bool> Keep(Conversation conversation, CancellationToken ct)
    {
        try
        {
            return await Deadline.Within(StoreDelivery.Within, time, async token =>
            {
                await conversations.Keep(conversation, token);
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
