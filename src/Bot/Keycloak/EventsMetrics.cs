using System.Diagnostics.Metrics;
using ChatGovernance.Bot.Hosting;

namespace ChatGovernance.Bot.Keycloak;

/// <summary>What Keycloak sent.</summary>
internal sealed class EventsMetrics
{
    public const string MeterName = "ChatGovernance.KeycloakEvents";
    public const string Received = "chatgovernance.keycloak.events.received";

    private readonly Counter<long> received;

    public EventsMetrics(IMeterFactory meters) =>
        received = meters.Create(MeterName).CreateCounter<long>(Received, "{event}", "Events that Keycloak sent, by what came of them.");

    public void CountTaken() => Count("taken");

    public void CountRefused(RefusedFor why) => Count(why.Word());

    private void Count(string result) => received.Add(1, new KeyValuePair<string, object?>("result", result));
}
