using System.Diagnostics.Metrics;

namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>Tries to deliver events.</summary>
internal sealed class WebhookMetrics
{
    public const string MeterName = "ChatGovernance.Webhooks";
    public const string Attempts = "chatgovernance.webhooks.attempts";

    private readonly Counter<long> attempts;

    public WebhookMetrics(IMeterFactory meters) =>
        attempts = meters.Create(MeterName).CreateCounter<long>(Attempts, "{attempt}", "Tries to deliver an event, by target and by the status of the answer; no-answer: none came.");

    public void Count(string target, string result) => attempts.Add(1, new("target", target), new("result", result));
}
