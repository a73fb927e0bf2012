using System.CommandLine;
using System.Text.Json;
using ChatGovernance.Core.Webhooks;

namespace ChatGovernance.Bot.Cli;

internal static class WebhooksCommand
{
    private static readonly Option<string?> target = new("--target") { Description = "Only what this target was never told." };
    private static readonly Option<string?> eventId = new("--event") { Description = "Only the event with this id (the header webhook-id)." };

    public static Command Build()
    {
        var resend = new Command("resend", "Send again what was given up, in the order in which it happened; it is tried as long as new events. Exit code 0: it is due again, or nothing was given up; 1: something is not, and is named; 2: could not run.")
        {
            target, eventId, Answers.Json,
        };
        resend.SetAction((parsed, ct) => Answers.Ask(services => Resend(services, parsed, ct), inAnyCase: true));
        return new Command("webhooks", "Look after what other programs are told.") { resend };
    }

    private static async Task<int> Resend(IServiceProvider services, ParseResult parsed, CancellationToken ct)
    {
        var (name, id) = (parsed.GetValue(target), parsed.GetValue(eventId));
        var resent = await services.GetRequiredService<ResendWebhooks>().Run(name, id, ct);
        var foundNone = resent is { Events: [], LeftOut: [] };
        Console.WriteLine(parsed.GetValue(Answers.Json) ? Json(resent) : foundNone ? None(name, id) : Words(resent));
        return resent.LeftOut.Count > 0 || (foundNone && (name ?? id) is not null) ? ExitCode.Found : ExitCode.Done;
    }

    private static string None(string? name, string? id) => (name, id) switch
    {
        (null, null) => "No event was given up.",
        ({ } target, null) => $"No event for {target} was given up.",
        (null, { } one) => $"No event {one} was given up.",
        ({ } target, { } one) => $"No event {one} for {target} was given up.",
    };

    private static string Words(ResentWebhooks resent) => string.Join(
        '\n',
        [
            .. ByTarget(resent.Events, "will be sent again"),
            .. ByTarget(resent.LeftOut, "not sent again: no target of this name is set up in Webhooks"),
        ]);

    private static IEnumerable<string> ByTarget(IReadOnlyList<DeadWebhook> events, string what) =>
        events.GroupBy(one => one.Target).Select(some => $"{some.Key}: {(some.Count() == 1 ? "1 event" : $"{some.Count()} events")} {what}.");

    private static string Json(ResentWebhooks resent) => Answers.Write(writer =>
    {
        writer.WriteList("resent", resent.Events, one => Write(writer, one));
        writer.WriteList("leftOut", resent.LeftOut, one => Write(writer, one));
    });

    private static void Write(Utf8JsonWriter writer, DeadWebhook one)
    {
        writer.WriteString("target", one.Target);
        writer.WriteString("event", one.EventId);
        writer.WriteNumber("auditNumber", one.Number);
    }
}
