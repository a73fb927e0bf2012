using System.Globalization;
using System.Net;
using System.Text;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Bot.Keycloak;
using ChatGovernance.Bot.Tests.Slack;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Keycloak;
using ChatGovernance.Infrastructure.Scheduling;
using ChatGovernance.Infrastructure.Webhooks;
using ChatGovernance.TestSupport;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace ChatGovernance.Bot.Tests.Keycloak;

public sealed class EventsIngressTests : IAsyncLifetime
{
    private const string Secret = "0123456789012345678901234567890123456789";

    private readonly ManualClock clock = new();
    private readonly FakeInbox inbox = new();
    private WebApplication bot = null!;
    private HttpClient http = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Start(Secret);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await bot.DisposeAsync();
    }

    [Fact]
    public async Task What_Keycloak_signed_is_taken_whatever_it_says()
    {
        (await Send("{}")).ShouldBe(HttpStatusCode.NoContent);
        (await Send("no JSON at all")).ShouldBe(HttpStatusCode.NoContent);
        (await Send("")).ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task What_is_forged_late_or_unsigned_is_refused()
    {
        (await Send("{}", secret: "another one that is long enough")).ShouldBe(HttpStatusCode.Unauthorized);
        (await Send("{}", offBy: 301)).ShouldBe(HttpStatusCode.Unauthorized);
        (await http.PostAsync(new Uri("keycloak/events", UriKind.Relative), new StringContent("{}"), Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_before_it_is_looked_at() =>
        (await Send(new string('x', RequestBody.Limit + 1))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task What_somebody_asked_for_at_a_login_is_stored_once_before_it_is_answered()
    {
        (await Send(Filing())).ShouldBe(HttpStatusCode.NoContent);
        (await Send(Filing())).ShouldBe(HttpStatusCode.NoContent);

        var stored = inbox.Stored.ShouldHaveSingleItem();
        stored.Key.ShouldBe("keycloak:event-1");
        var command = new FilingReader().Read(stored).ShouldBeOfType<Command.FileAtLogin>();
        (command.Person, command.Length, command.Justification).ShouldBe((new PersonId("8f14e45f-ceea-467f-a8d2-9b1f4c3e2d10"), TimeSpan.FromHours(8), "To repair it"));
        command.Targets.ShouldBe([new TargetId(TargetKind.Group, "11-22"), new TargetId(TargetKind.ClientRole, "33")]);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_called_taken()
    {
        inbox.Trouble = new IOException();
        (await Send(Filing())).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("group:11-22", "group:../../x")]
    [InlineData("8h", "soon")]
    [InlineData("To repair it", "   ")]
    [InlineData("8f14e45f-ceea", "../users/8f14e45f-ceea")]
    [InlineData("\"targets\"", "\"others\"")]
    public async Task What_the_form_could_not_have_sent_is_malformed(string right, string wrong)
    {
        (await Send(Filing().Replace(right, wrong, StringComparison.Ordinal))).ShouldBe(HttpStatusCode.BadRequest);
        inbox.Offered.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_asked_for_in_another_realm_is_none_of_ours()
    {
        (await Send(Filing().Replace("/realms/demo", "/realms/other", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.NoContent);
        inbox.Offered.ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_endpoint()
    {
        await DisposeAsync();
        await Start(null);
        (await Send("{}")).ShouldBe(HttpStatusCode.NotFound);
    }

    private static string Filing() => """
        {"specversion":"1.0","id":"event-1","type":"io.chatgovernance.keycloak.access-request","source":"/realms/demo","realmid":"r1",
         "data":{"user":"8f14e45f-ceea-467f-a8d2-9b1f4c3e2d10","targets":["group:11-22","client-role:33"],"length":"8h","reason":"To repair it"}}
        """;

    private async Task Start(string? secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = options.ValidateOnBuild = true);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection([new("Keycloak:EventSecret", secret), new("Keycloak:Realm", "demo")]);
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<DirectoryHints>().AddSingleton<IInbox>(inbox).AddSingleton<IWake>(inbox).Configure<KeycloakOptions>(builder.Configuration.GetSection("Keycloak")).AddMetrics().AddKeycloakEvents(builder.Configuration);
        bot = builder.Build();
        bot.MapKeycloakEvents();
        await bot.StartAsync(Ct);
        http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(bot.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/") };
    }

    private async Task<HttpStatusCode> Send(string body, string secret = Secret, int offBy = 0)
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds() + offBy;
        using var request = new HttpRequestMessage(HttpMethod.Post, "keycloak/events") { Content = new StringContent(body, Encoding.UTF8, "application/cloudevents+json") };
        request.Headers.Add(WebhookSignature.IdHeader, "event-1");
        request.Headers.Add(WebhookSignature.TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(Encoding.UTF8.GetBytes(secret), "event-1", seconds, Encoding.UTF8.GetBytes(body)));
        using var response = await http.SendAsync(request, Ct);
        return response.StatusCode;
    }
}
