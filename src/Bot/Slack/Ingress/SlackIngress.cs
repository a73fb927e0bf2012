using System.Diagnostics;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Hosting;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Deliveries by HTTP: verified, then taken as any other.</summary>
internal sealed class SlackIngress(SlackIntake intake, IOptions<SlackOptions> options, SlackMetrics metrics, TimeProvider time)
{
    public async Task<SlackAck> Receive(HttpRequest request, string kind, CancellationToken ct)
    {
        byte[]? body;
        try
        {
            body = await RequestBody.Read(request, ct);
        }
        catch (BadHttpRequestException e)
        {
            var oversized = e.StatusCode == StatusCodes.Status413PayloadTooLarge;
            return Refuse(kind, oversized ? RefusedFor.Oversized : RefusedFor.Malformed, e.StatusCode);
        }

        if (body is null)
            return Refuse(kind, RefusedFor.Oversized, StatusCodes.Status413PayloadTooLarge);
        if (SlackSignature.Check(
                options.Value.SigningSecret!,
                request.Headers[SlackSignature.TimestampHeader].ToString(),
                request.Headers[SlackSignature.SignatureHeader].ToString(),
                body,
                time.GetUtcNow()) is { } reason)
            return Refuse(kind, reason, StatusCodes.Status401Unauthorized);

        var taken = await intake.Take(kind, body, ct);
        return new SlackAck(taken.How, taken switch
        {
            Intake.Answered { Body.Length: 0 } => Results.Ok(),
            Intake.Answered answered => Results.Bytes(answered.Body, "application/json"),
            Intake.NotStored => Results.StatusCode(StatusCodes.Status503ServiceUnavailable),
            Intake.Malformed => Results.StatusCode(StatusCodes.Status400BadRequest),
            _ => throw new UnreachableException(),
        });
    }

    private SlackAck Refuse(string kind, RefusedFor reason, int status)
    {
        metrics.CountRefused(kind, reason);
        return new SlackAck(Acknowledged.Refused, Results.StatusCode(status));
    }
}
