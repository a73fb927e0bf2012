using System.Diagnostics.Metrics;
using ChatGovernance.Infrastructure.Observability;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Calls: how long they took, and those that brought nothing.</summary>
internal sealed class KeycloakMetrics
{
    public const string MeterName = "ChatGovernance.Keycloak";
    public const string Failures = "chatgovernance.keycloak.failures";
    public const string Calls = "chatgovernance.keycloak.call.duration";

    private readonly Counter<long> failures;
    private readonly Histogram<double> calls;

    public KeycloakMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        failures = meter.CreateCounter<long>(Failures, "{call}", "Calls to Keycloak that brought nothing, by what went wrong.");
        calls = meter.CreateDuration(Calls, "How long calls to Keycloak took, body included, by HTTP method and status; none: no answer.");
    }

    public void CountFailure(KeycloakFailure failure) => failures.Add(1, new KeyValuePair<string, object?>("failure", failure.ToString()));

    public void CountCall(HttpMethod method, string status, TimeSpan took) =>
        calls.Record(took.TotalSeconds, new("method", method.Method), new("status", status));
}
