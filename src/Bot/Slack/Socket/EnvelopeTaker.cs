using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.Ingress;

namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>Hands envelopes to the same intake that takes deliveries by HTTP.</summary>
internal sealed partial class EnvelopeTaker(IServiceScopeFactory scopes, EnvelopeMemory memory, ILogger<EnvelopeTaker> log)
{
    /// <summary>Never fails: what goes wrong is an envelope that was not stored.</summary>
    public async Task<Intake> Take(SocketFrame.Envelope envelope)
    {
        try
        {
            return await memory.Once(envelope.Id, () => TakeIn(envelope));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailed(e, envelope.Kind);
            return new Intake.NotStored();
        }
    }

    private async Task<Intake> TakeIn(SocketFrame.Envelope envelope)
    {
        await using var scope = scopes.CreateAsyncScope();
        // Not called off with its connection: what is stored need not come again.
        return await scope.ServiceProvider.GetRequiredService<SlackIntake>().Take(envelope.Kind, envelope.Body, CancellationToken.None);
    }

    [LoggerMessage(1, LogLevel.Error, "An envelope of kind {Kind} was not taken.")]
    private partial void LogFailed(Exception e, string kind);
}
