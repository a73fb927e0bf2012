using System.Diagnostics;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Infrastructure.Observability;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Answers one call of Slack, and measures it from its receipt to the answer written. Here a trace begins.</summary>
internal sealed class SlackAcknowledging(SlackIngress ingress, SlackMetrics metrics, TimeProvider time)
{
    public async Task Handle(HttpContext context, string kind)
    {
        var receivedAt = time.GetTimestamp();
        using var trace = Traces.Begin($"receive {kind}", ActivityKind.Server);
        var how = Acknowledged.Failed;
        try
        {
            var ack = await ingress.Receive(context.Request, kind, context.RequestAborted);
            await ack.Answer.ExecuteAsync(context);
            await context.Response.CompleteAsync();
            how = ack.How;
        }
        finally
        {
            trace?.SetTag("chatgovernance.answer", how.ToString());
            metrics.CountAcknowledgement(kind, how, time.GetElapsedTime(receivedAt));
        }
    }
}
