using ChatGovernance.Core.Health;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Infrastructure.Scheduling;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.Infrastructure.Tests.UseCases;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatGovernance.Infrastructure.Tests.Webhooks;

/// <summary>The domain with two receivers on loopback, of which one, called siem, is set up at first.</summary>
public abstract class WebhookTest : UseCaseTests
{
    protected const string Secret = "a secret of siem, long enough";
    protected const string DeskSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly ConfiguredWebhooks webhooks;

    protected WebhookTest(DatabaseKind kind)
        : base(kind) => webhooks = new ConfiguredWebhooks(Clock, () => Store.Database);

    protected WebhookReceiver Siem { get; private set; } = null!;

    protected WebhookReceiver Desk { get; private set; } = null!;

    protected override IWebhookOutbox Outbox => webhooks;

    protected override IWebhookTargets Receivers => webhooks;

    /// <summary>Settings of siem.</summary>
    protected (string, string)[] ToSiem => [("Webhooks:0:Url", Siem.Url.ToString()), ("Webhooks:0:Secret", Secret), ("Webhooks:0:Name", "siem")];

    protected (string, string)[] ToDesk => [("Webhooks:1:Url", Desk.Url.ToString()), ("Webhooks:1:Secret", DeskSecret), ("Webhooks:1:Name", "desk")];

    public override async ValueTask InitializeAsync()
    {
        Siem = await WebhookReceiver.Start(Ct);
        Desk = await WebhookReceiver.Start(Ct);
        await Configure(ToSiem);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await webhooks.DisposeAsync();
        await Siem.DisposeAsync();
        await Desk.DisposeAsync();
    }

    /// <summary>What the regular work deletes.</summary>
    protected Task Forget() => new RetentionLoop(Store.Replies, Store.Webhooks, Clock, NullLogger<RetentionLoop>.Instance).Forget(Ct);

    protected Task Configure(params IReadOnlyList<(string, string)> settings) => webhooks.Configure(settings);

    protected void BeforeEachTry(Action<WebhookEvent> act) => webhooks.Before = act;

    protected void BeforeEachWriting(Action act) => webhooks.BeforeWriting = act;

    /// <summary>What the doctor says of a target.</summary>
    protected async Task<Check> Doctor(string target = "siem") => (await webhooks.Examine(Ct)).Single(check => check.Name == target);

    protected Task<IReadOnlyList<Check>> Examine() => webhooks.Examine(Ct);

    protected Task<long> Rows(string where = "1 = 1") => Sql.CountAsync(Store.Database, $"SELECT count(*) FROM webhook_events WHERE {where}", Ct);

    /// <summary>Types without what all begin with, in the order in which they were first taken.</summary>
    protected static IReadOnlyList<string> Types(IEnumerable<ReceivedWebhook> received) =>
        [.. received.DistinctBy(sent => sent.Id).Select(sent => sent.Type[WebhookType.Prefix.Length..])];
}
