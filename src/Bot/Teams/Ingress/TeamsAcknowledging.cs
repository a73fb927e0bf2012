using System.Diagnostics;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Infrastructure.Observability;

namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>Answers one call of Teams, and measures it from its receipt to the answer written. Here a trace begins.</summary>
internal sealed class TeamsAcknowledging(TeamsIngress ingress, TeamsMetrics metrics, TimeProvider time)
{
    public async Task Handle(HttpContext context)
    {
        var receivedAt = time.GetTimestamp();
        using var trace = Traces.Begin($"receive {TeamsIngress.Kind}", ActivityKind.Server);
        var how = Acknowledged.Failed;
        try
        {
            var (taken, answer) = await ingress.Receive(context, context.RequestAborted);
            await answer.ExecuteAsync(context);
            await context.Response.CompleteAsync();
            how = taken;
        }
        finally
        {
            trace?.SetTag("chatgovernance.answer", how.ToString());
            metrics.CountAcknowledgement(TeamsIngress.Kind, how, time.GetElapsedTime(receivedAt));
        }
    }
}
