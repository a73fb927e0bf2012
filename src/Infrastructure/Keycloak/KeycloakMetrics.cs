using System.Diagnostics.Metrics;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Calls that brought nothing, by what went wrong.</summary>
internal sealed class KeycloakMetrics
{
    public const string MeterName = "ChatGovernance.Keycloak";
    public const string Failures = "chatgovernance.keycloak.failures";

    private readonly Counter<long> failures;

    public KeycloakMetrics(IMeterFactory meters) =>
        failures = meters.Create(MeterName).CreateCounter<long>(Failures, "{call}", "Calls to Keycloak that brought nothing, by what went wrong.");

    public void CountFailure(KeycloakFailure failure) => failures.Add(1, new KeyValuePair<string, object?>("failure", failure.ToString()));
}
