using ChatGovernance.Sandbox.Hosting;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>Two bots on one database; Slack talks to either.</summary>
public sealed class ReplicaDeployment : Deployment
{
    private BotProcess? other;

    public override async Task Start(string realmFile, CancellationToken ct)
    {
        await base.Start(realmFile, ct);
        if (other is not null)
            return;
        other = Bot;
        await StartAnother(ct);
    }

    /// <summary>From now on Slack talks to the other one.</summary>
    public void Turn() => Workspace.BotUrl = Workspace.BotUrl == Bot.Url ? other!.Url : Bot.Url;

    public override async ValueTask DisposeAsync()
    {
        if (other is not null)
            await other.DisposeAsync();
        await base.DisposeAsync();
    }
}
