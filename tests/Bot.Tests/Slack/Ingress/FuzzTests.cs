using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Bot.Slack.Ingress;
using ChatGovernance.TestSupport;
using static ChatGovernance.Bot.Tests.Slack.SignedCalls;

namespace ChatGovernance.Bot.Tests.Slack.Ingress;

/// <summary>Signed nonsense: answered or refused, never a failure of ours, and whatever is stored can be read again.</summary>
public sealed class FuzzTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private const int Calls = 2000;

    private static readonly string[] kinds = [DeliveryKind.Commands, DeliveryKind.Interactions, DeliveryKind.Options, DeliveryKind.Events];

    private static readonly string[] nasty = ["\0", "\"", "\\ud800", "{", "}", "[", "null", "-1", "1e999", "%", "%zz", "&", "=", "<!channel>", "𝔘", "\uFFFF", "true", "\\u0000", ":", ","];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signed_nonsense_is_never_answered_with_a_server_error()
    {
        var clock = new ManualClock();
        await using var bot = await RunningBot.Start(null, clock, Ct);
        var random = new Random(20270104);

        for (var i = 0; i < Calls; i++)
        {
            var kind = kinds[random.Next(kinds.Length)];
            var body = Mutate(Sample(kind, random), random);
            using var request = Signed(kind, body, clock.GetUtcNow());
            using var response = await bot.Http.SendAsync(request, Ct);
            response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest);
        }

        bot.Inbox.Stored.ShouldNotBeEmpty();
        foreach (var stored in bot.Inbox.Stored)
        {
            bot.Reader.Reads(stored.Kind).ShouldBeTrue();
            bot.Reader.Read(stored).Sender!.Value.Handle.ShouldNotContain('\0');
            stored.Key.ShouldAllBe(c => c >= '!' && c <= '~');
        }
    }

    private static byte[] Sample(string kind, Random random) => kind switch
    {
        DeliveryKind.Commands => Command("prod", $"1.{random.Next()}"),
        DeliveryKind.Options => Payload(new JsonObject { ["type"] = "block_suggestion", ["block_id"] = "target", ["value"] = "prod" }),
        DeliveryKind.Events => Encoding.UTF8.GetBytes($$$"""{"type":"event_callback","event_id":"Ev{{{random.Next()}}}","team_id":"T1","event":{"type":"app_home_opened","user":"U1","tab":"home"}}"""),
        _ => random.Next(3) switch
        {
            0 => Payload(Click("approve", Id, $"1.{random.Next()}")),
            1 => Payload(Submission("ask", Id, Asked("group:8f0c", "8h", "Looking into the failed backup"), $"1.{random.Next()}")),
            _ => Payload(Submission("deny", $"{Id} {Id}", [], $"1.{random.Next()}")),
        },
    };

    private static byte[] Mutate(byte[] body, Random random)
    {
        // Inside the JSON of a form, not only around it.
        var text = random.Next(2) == 0 ? Encoding.UTF8.GetString(body) : Uri.UnescapeDataString(Encoding.UTF8.GetString(body));
        for (var change = random.Next(4); change >= 0; change--)
        {
            var at = random.Next(text.Length + 1);
            var end = Math.Min(text.Length, at + random.Next(12));
            text = random.Next(4) switch
            {
                0 => text[..at] + text[end..],
                1 => text[..at] + nasty[random.Next(nasty.Length)] + text[at..],
                2 => text[..at] + text[at..end] + text[at..],
                _ => text[..at] + nasty[random.Next(nasty.Length)] + text[end..],
            };
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > 0 && random.Next(3) == 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}
