using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>What the operators' tools get to see, by OTLP.</summary>
public sealed class ObservabilityTests(ObservedDeployment deployment) : JourneyTest(deployment), IClassFixture<ObservedDeployment>
{
    private const string Unheard = "Because of the zebra in the library.";

    private OtlpCollector Collector => deployment.Collector;

    [Fact]
    public async Task A_click_is_one_trace_up_to_the_read_back_and_what_is_exported_names_nobody()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/ember", reason: Unheard);
        await Presses(Bob, bobs, "Approve");
        await Told(Alice, "Granted: you now have /apps/ember");
        await Told(Alice, "Your access to /apps/ember has ended");
        var (denied, _) = await AsksBoth(Alice, "/apps/garden", reason: Unheard);
        await Denies(Bob, denied, "No zebras here.");
        await Told(Alice, "Bob Brown denied your request for /apps/garden");

        await Until(() => Task.FromResult(IsWhole(Approval())), "the whole trace");
        Approval().Single(span => span.Parent.Length == 0).Name.ShouldBe("receive slack/interactions");
        await Until(() => Task.FromResult(Expected.IsSubsetOf(Collector.Metrics)), "every metric of a journey");
        using (Deployment.Proxy.Set(new ProxyEffect.Drop()))
            await Until(() => Task.FromResult(Collector.Logs.Any(line => line.Text.Contains("catalog could not be read", StringComparison.Ordinal))), "a line of the log");

        NamesNobody(Collector.Everything);
    }

    private static HashSet<string> Expected =>
    [
        "chatgovernance.slack.acknowledgement.duration", "chatgovernance.slack.call.duration", "chatgovernance.keycloak.call.duration",
        "chatgovernance.requests", "chatgovernance.votes", "chatgovernance.grants", "chatgovernance.messages",
        "chatgovernance.work.due", "chatgovernance.work.oldest", "chatgovernance.ends.overdue", "chatgovernance.ends.overdue.longest",
        "chatgovernance.catalog.age", "chatgovernance.clock.offset",
    ];

    /// <summary>The trace in which the request was approved.</summary>
    private List<ExportedSpan> Approval()
    {
        var spans = Collector.Spans;
        var trace = spans.FirstOrDefault(span => span.Events.Contains("request.approved"))?.Trace;
        return [.. spans.Where(span => span.Trace == trace)];
    }

    /// <summary>From the click to the read-back and what is said of it, with nothing missing in between.</summary>
    private static bool IsWhole(List<ExportedSpan> spans)
    {
        var (ids, names, events) = (spans.Select(span => span.Id).ToHashSet(), spans.Select(span => span.Name).ToHashSet(), spans.SelectMany(span => span.Events).ToHashSet());
        return spans.TrueForAll(span => span.Parent.Length == 0 || ids.Contains(span.Parent))
            && events.IsSupersetOf(["vote.cast", "vote.counted", "request.approved", "grant.waiting", "grant.started", "grant.active"])
            && names.IsSupersetOf(["work Inbox", "work Request", "work Entitlement", "work Card", "work Note"])
            && names.IsSupersetOf(["keycloak PUT users/{id}/groups/{id}", "keycloak GET users/{id}/groups", "slack chat.postMessage", "slack chat.update"]);
    }

    private void NamesNobody(string exported)
    {
        exported.ShouldContain("chatgovernance");
        // Ids of traces and spans are bytes of chance, among which a name of three letters stands sooner or later: that one is looked for in the texts.
        foreach (var text in Collector.Spans.SelectMany(span => span.Events.Append(span.Name)).Concat(Collector.Logs.Select(line => line.Text)).Concat(Collector.Metrics))
            text.ShouldNotContain("bob", Case.Insensitive);
        foreach (var personal in (string[])["zebra", "alice", "adams", "brown", "carol", "example.org"])
            exported.ShouldNotContain(personal, Case.Insensitive);
        foreach (var secret in (string[])["bot-secret", Deployment.Workspace.BotToken, Deployment.Workspace.SigningSecret, "Bearer", "Password"])
            exported.ShouldNotContain(secret, Case.Insensitive);
    }
}
