using ChatGovernance.Bot.Hosting;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Keycloak;
using ChatGovernance.Infrastructure.Scheduling;
using ChatGovernance.Infrastructure.Webhooks;
using ChatGovernance.Infrastructure.Work;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Keycloak;

/// <summary>
/// What the provider in Keycloak sends. An event is a hint that there is news: Keycloak is asked itself, and nothing is concluded from the
/// body, so that one that is lost, late, forged or repeated changes nothing. What somebody asked for at a login is stored before it is
/// answered, once, and files a request as any other, for the person whom Keycloak names.
/// </summary>
internal sealed partial class EventsIngress(
    DirectoryHints hints, IInbox inbox, IWake wake, EventsMetrics metrics, IOptions<EventsOptions> options, IOptions<KeycloakOptions> keycloak, TimeProvider time, ILogger<EventsIngress> log)
{
    /// <summary>The provider waits no longer than ten seconds.</summary>
    private static readonly TimeSpan storeWithin = TimeSpan.FromSeconds(5);

    public async Task<IResult> Receive(HttpRequest request, CancellationToken ct)
    {
        byte[]? body;
        try
        {
            body = await RequestBody.Read(request, ct);
        }
        catch (BadHttpRequestException e)
        {
            return Refuse(e.StatusCode == StatusCodes.Status413PayloadTooLarge ? RefusedFor.Oversized : RefusedFor.Malformed, e.StatusCode);
        }

        if (body is null)
            return Refuse(RefusedFor.Oversized, StatusCodes.Status413PayloadTooLarge);
        var id = request.Headers[WebhookSignature.IdHeader].ToString();
        if (WebhookSignature.Check(
                options.Value.Secrets, id, request.Headers[WebhookSignature.TimestampHeader].ToString(),
                request.Headers[WebhookSignature.SignatureHeader].ToString(), body, time.GetUtcNow()) is { } why)
            return Refuse(Refused(why), StatusCodes.Status401Unauthorized);

        if (FilingReader.Envelope(body) is { Type: FilingReader.EventType } filing)
            return await File(id, filing, body, ct);
        hints.Hint();
        return Taken();
    }

    private async Task<IResult> File(string id, EventEnvelope filing, byte[] body, CancellationToken ct)
    {
        // A server may tell of all its realms.
        if (filing.Source != $"/realms/{keycloak.Value.Realm}")
            return Taken();
        if (FilingReader.Parse(filing) is not { } command)
            return Refuse(RefusedFor.Malformed, StatusCodes.Status400BadRequest);
        try
        {
            var accepted = await Deadline.Within(storeWithin, time, token => inbox.Accept(new Delivery($"keycloak:{id}", new Subject($"person:{command.Person}"), FilingReader.Kind, body, []), token), ct);
            if (accepted.First)
                wake.Wake(WorkKind.Inbox);
            return Taken();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Whatever the database's trouble is called: Keycloak keeps it, and sends it again.
            LogNotStored(e);
            return Refuse(RefusedFor.NotStored, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private IResult Taken()
    {
        metrics.CountTaken();
        return Results.NoContent();
    }

    private static RefusedFor Refused(SignatureFault why) => why switch
    {
        SignatureFault.NotSigned => RefusedFor.Unsigned,
        SignatureFault.Forged => RefusedFor.Forged,
        SignatureFault.OutsideWindow => RefusedFor.OutsideWindow,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private IResult Refuse(RefusedFor why, int status)
    {
        metrics.CountRefused(why);
        return Results.StatusCode(status);
    }

    [LoggerMessage(1, LogLevel.Error, "What somebody asked for at a login was not stored, and is not called taken.")]
    private partial void LogNotStored(Exception e);
}
