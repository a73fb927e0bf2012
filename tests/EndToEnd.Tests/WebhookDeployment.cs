using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Keycloak;
using ChatGovernance.TestSupport.Persistence;
using ChatGovernance.TestSupport.Webhooks;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>The bot with the sandbox's realm, and a receiver that is told of everything.</summary>
public sealed class WebhookDeployment : Deployment
{
    public const string Secret = "a secret of the receiver, long enough";

    public WebhookReceiver Receiver { get; private set; } = null!;

    public override Dictionary<string, string> Settings => new(base.Settings)
    {
        ["Workers:Lease"] = "00:00:15",
        ["Webhooks:0:Url"] = Receiver.Url.ToString(),
        ["Webhooks:0:Secret"] = Secret,
        ["Webhooks:0:Name"] = "receiver",
    };

    protected override RealmKind Realms => RealmKind.Sandbox;

    protected override async Task<TestStore> CreateStore(CancellationToken ct)
    {
        Receiver = await WebhookReceiver.Start(ct);
        return await base.CreateStore(ct);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Receiver is not null)
            await Receiver.DisposeAsync();
    }
}
