using System.Text.Json;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Webhooks;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Builders;

namespace ChatGovernance.Infrastructure.Tests.Webhooks;

/// <summary>What is sent, to the letter.</summary>
public sealed class CloudEventsTests
{
    private static readonly CloudEvents written = new([new WebhookTarget("siem", new Uri("https://siem.example.org"), [], [])], "/realms/example");

    [Fact]
    public void A_request_that_was_received() => Single(AuditKind.RequestReceived, new()
    {
        ["target"] = "group:g-database",
        ["target-name"] = "/databases/production",
        ["length"] = "8 hours",
        ["account"] = "slack:T1/U1",
    }).ShouldMatchGolden("request-received");

    [Fact]
    public void An_end() => Single(AuditKind.GrantEnded, new()
    {
        ["grant"] = "00000000000000000000000000000007",
        ["beneficiary"] = "p-alice",
        ["target"] = "group:g-database",
        ["target-name"] = "/databases/production",
        ["outcome"] = "Taken away in Keycloak and checked.",
        ["outcome-code"] = "Removed",
        ["why-code"] = "Expired",
        ["tokens"] = "Tokens issued before work for at most 5 minutes more.",
        ["residual"] = "",
    }).ShouldMatchGolden("end-finished");

    [Fact]
    public void A_drift_has_an_id_of_its_own()
    {
        var both = written.Write([Row(AuditKind.GrantEnding, new() { ["grant"] = "1", ["target"] = "group:g-database", ["why-code"] = "RemovedOutside" })]);

        both.Select(sent => sent.EventId).ShouldBe(["17-3fa9c1b2d4e5", "17-3fa9c1b2d4e5-2"]);
        JsonSerializer.Deserialize<JsonElement>(both[1].Body).ShouldMatchGolden("drift-removed-outside");
    }

    [Fact]
    public void What_no_type_stands_for_is_told_nobody() =>
        written.Write([Row(AuditKind.VoteCast, new() { ["choice"] = "deny" }), Row(AuditKind.PolicyChanged, [])]).ShouldBeEmpty();

    private static JsonElement Single(string kind, Dictionary<string, string> facts) =>
        JsonSerializer.Deserialize<JsonElement>(written.Write([Row(kind, facts)]).ShouldHaveSingleItem().Body);

    private static AuditRow Row(string kind, Dictionary<string, string> facts) => new(
        new AuditEntry
        {
            Kind = kind,
            Subject = Subject.Of(new Core.Requests.RequestId(KnownIds.Number(1))),
            At = Some.Now.AddMilliseconds(123),
            Facts = facts,
            Personal = new Dictionary<string, string> { ["beneficiary"] = "Alice Archer", ["justification"] = "The nightly import." },
        },
        17,
        "3fa9c1b2d4e5");
}
