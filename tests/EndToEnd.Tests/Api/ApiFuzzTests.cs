using System.Net;
using System.Text;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Api;

/// <summary>Bodies that nobody would send who means well.</summary>
public sealed class ApiFuzzTests(ApiDeployment deployment) : ApiTest(deployment), IClassFixture<ApiDeployment>
{
    private static readonly string[] pieces =
    [
        "null", "true", "0", "-1", "1e999", "\"\"", "\"x\"", "[]", "{}", "[[[[[[[[[[[]]]]]]]]]]]", "\"\\u0000\"", "\"\\ud800\"", "\"\u202e\"", "\"group\"", "\"realm-role\"", "\"GROUP\"", "1",
        "\"/apps/arena\"", "\"../../x\"", "\"8h\"", "\"P9999999Y\"", "\"-PT1H\"", "\"permanent\"", "{\"from\":\"2026-01-01\",\"to\":1}", "{\"from\":\"2099-01-01T00:00:00Z\",\"to\":\"2098-01-01T00:00:00Z\"}",
        "[{\"resourceType\":\"group\",\"resourceId\":\"/apps/arena\"}]", "[null]", "[{}]", "[\"a\",\"a\"]",
    ];

    private static readonly string[] members =
    [
        "requesterId", "beneficiaryIds", "resourceType", "resourceId", "targets", "bundle", "justification", "length", "window", "ticket", "emergency", "status", "createdAt", "Justification", "__proto__",
    ];

    private static readonly string[] whole = ["", " ", "null", "[]", "{", "}", "{}x", "{\"a\"", "\u0000", "\"text\"", "{\"justification\":\"a\",\"justification\":\"b\"}", "{\"justification\":}", "<xml/>", "a=b&c=d"];

    [Fact]
    public async Task Whatever_is_sent_is_answered_with_a_problem_or_taken_and_never_with_an_error_of_ours()
    {
        var count = FullScale ? 10_000 : 600;
        var seed = Environment.GetEnvironmentVariable("SEED") is { } set ? int.Parse(set, System.Globalization.CultureInfo.InvariantCulture) : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var alice = await Caller("alice");
        await Files(alice, Ask("/apps/valley"));
        var bodies = whole.Concat(Enumerable.Range(0, count).Select(_ => Body(random))).ToList();
        var statuses = new Dictionary<HttpStatusCode, int>();
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (body, ct) =>
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            var answer = await alice.Send(HttpMethod.Post, Requests, content, ct);
            ((int)answer.Status).ShouldBeLessThan(500, body);
            if (answer.Status != HttpStatusCode.Created)
                answer.Problem.ShouldNotBeNull(body);
            lock (statuses)
                statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
        });

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", statuses.Select(status => $"{status.Key} {status.Value}")));
        statuses.GetValueOrDefault(HttpStatusCode.BadRequest).ShouldBeGreaterThan(bodies.Count / 2);
        Deployment.BotOutput.ShouldNotContain("could not be handled");
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    public async Task A_body_that_is_not_called_JSON_is_not_read(string? type, HttpStatusCode status)
    {
        using var alice = await Caller("alice");
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Ask("/apps/arena").ToJsonString()));
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await alice.Send(HttpMethod.Post, Requests, content, Ct)).Status.ShouldBe(status);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_body_beyond_the_limit_is_refused_whether_its_length_is_said_or_not(bool chunked)
    {
        using var alice = await Caller("alice");
        var body = Ask("/apps/arena");
        body["justification"] = new string('a', 70_000);
        using HttpContent content = chunked ? new StreamContent(new Unsized(Encoding.UTF8.GetBytes(body.ToJsonString()))) : new StringContent(body.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new("application/json");
        (await alice.Send(HttpMethod.Post, Requests, content, Ct)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory, InlineData(""), InlineData("a\tb"), InlineData("256")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        using var alice = await Caller("alice");
        var answer = await alice.Post(Requests, Ask("/apps/arena"), Ct, ("Idempotency-Key", key == "256" ? new string('k', 256) : key));
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static string Body(Random random)
    {
        var picked = members.OrderBy(_ => random.Next()).Take(random.Next(1, 6)).ToList();
        if (random.Next(3) > 0 && !picked.Contains("justification"))
            picked.Add("justification");
        var body = "{" + string.Join(",", picked.Select(name => $"\"{name}\":{(name == "justification" && random.Next(2) == 0 ? "\"To repair the nightly import.\"" : pieces[random.Next(pieces.Length)])}")) + "}";
        return random.Next(8) switch
        {
            0 => body[..random.Next(body.Length)],
            1 => body.Insert(random.Next(body.Length), ((char)random.Next(1, 0xD7FF)).ToString()),
            _ => body,
        };
    }

    /// <summary>A stream that does not say how long it is, so that it is sent in chunks.</summary>
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
