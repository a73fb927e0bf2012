using System.Net;
using ChatGovernance.Bot.Slack;
using ChatGovernance.Bot.Slack.Socket;
using ChatGovernance.Bot.Tests.Chat;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Health;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Tests.Slack;

/// <summary>The Slack part of the bot on loopback, with an inbox and a catalog in memory.</summary>
internal sealed class RunningBot : IAsyncDisposable
{
    /// <summary>Nobody waits for seconds here.</summary>
    public static readonly SocketTimes Quick = new() { FirstWait = TimeSpan.FromMilliseconds(10), LongestWait = TimeSpan.FromMilliseconds(100) };

    private readonly WebApplication app;

    private RunningBot(WebApplication app, FakeInbox inbox, FixedCatalog catalog, CountedMeasurements counted)
    {
        (this.app, Inbox, Catalog, Counted) = (app, inbox, catalog, counted);
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/");
        Http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    public FakeInbox Inbox { get; }

    public FixedCatalog Catalog { get; }

    public CountedMeasurements Counted { get; }

    /// <summary>Everything that was logged.</summary>
    public KeptLog Log => app.Services.GetRequiredService<KeptLog>();

    public IChat Chat => app.Services.GetRequiredService<IChat>();

    /// <summary>What one part of the doctor says.</summary>
    public async Task<IReadOnlyList<Check>> Examine(string part)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetServices<IExaminer>().Single(examiner => examiner.Part == part).Examine(Xunit.TestContext.Current.CancellationToken);
    }

    /// <summary>Paths that are mapped, without the slash in front.</summary>
    public IReadOnlyList<string> Routes =>
        [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/'))];

    public IDeliveryReader Reader => app.Services.GetRequiredService<IDeliveryReader>();

    /// <summary>The command that a stored delivery is read as.</summary>
    public Command Read(int index) => Reader.Read(Inbox.Stored[index]);

    public static Task<RunningBot> Start(SlackWorkspace? workspace, TimeProvider time, CancellationToken ct, params (string Key, string? Value)[] settings) =>
        Start(workspace, time, Quick, ct, settings);

    public static async Task<RunningBot> Start(SlackWorkspace? workspace, TimeProvider time, SocketTimes times, CancellationToken ct, params (string Key, string? Value)[] settings)
    {
        var inbox = new FakeInbox();
        var catalog = new FixedCatalog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<KeptLog>().AddSingleton<ILoggerProvider>(s => s.GetRequiredService<KeptLog>());
        builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = options.ValidateOnBuild = true);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(Settings(workspace));
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Configuration.AddSecretFiles();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IInbox>(inbox);
        builder.Services.AddSingleton<IWake>(inbox);
        builder.Services.AddSingleton<ICatalog>(catalog);
        builder.Services.AddSingleton(times);
        builder.Services.AddSingleton(new PeopleOptions());
        builder.Services.AddSlack(builder.Configuration);
        var app = builder.Build();
        app.MapSlack();
        var counted = new CountedMeasurements(app.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()); // before anything counts
        await app.StartAsync(ct);
        var bot = new RunningBot(app, inbox, catalog, counted);
        if (app.Services.GetService<IOptions<SlackOptions>>()?.Value.TakesHttp == true)
            workspace?.BotUrl = bot.Url;
        return bot;
    }

    /// <summary>What its health checks say.</summary>
    public Task<HealthReport> Health() => app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Xunit.TestContext.Current.CancellationToken);

    /// <summary>As at the end of a process.</summary>
    public Task Stop() => app.StopAsync(Xunit.TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        Counted.Dispose();
        await app.DisposeAsync();
    }

    private static Dictionary<string, string?> Settings(SlackWorkspace? workspace) => new()
    {
        ["Slack:BotToken"] = workspace?.BotToken ?? "xoxb-test",
        ["Slack:SigningSecret"] = workspace?.SigningSecret ?? SignedCalls.Secret,
        ["Slack:ApiUrl"] = (workspace?.ApiUrl ?? new Uri("http://127.0.0.1:9/api/")).ToString(),
        ["Slack:AuditChannel"] = "#access-audit",
    };
}
