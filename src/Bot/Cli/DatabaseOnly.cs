using ChatGovernance.Bot.Hosting;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Start;

namespace ChatGovernance.Bot.Cli;

/// <summary>The database without the rest, for commands that neither serve nor work.</summary>
internal static class DatabaseOnly
{
    /// <param name="mayCreate">False for commands that only look.</param>
    public static ServiceProvider Build(bool mayCreate)
    {
        var builder = BotHost.CreateBuilder([]);
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(builder.Configuration)
            .AddLogging()
            .AddSingleton<IWake, Nobody>()
            .AddSingleton<IAuditMirror>(new AuditMirror(Array.Empty<IChatPlatform>()))
            .AddSingleton<IWebhookOutbox, NoWebhooks>()
            .AddPersistence(builder.Configuration);
        if (!mayCreate)
            services.OpenOnlyWhatIsThere();
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>Nothing happens here that anybody would be told.</summary>
    private sealed class NoWebhooks : IWebhookOutbox
    {
        public bool IsEmpty => true;

        public IReadOnlyList<WebhookEvent> Write(IReadOnlyList<AuditRow> rows) => [];
    }

    /// <summary>No worker runs here.</summary>
    private sealed class Nobody : IWake
    {
        public void Wake(WorkKind kind)
        {
            // Replicas that work look at the database by themselves.
        }
    }
}
