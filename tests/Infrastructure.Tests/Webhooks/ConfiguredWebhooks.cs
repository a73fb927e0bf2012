using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Health;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Infrastructure.Keycloak;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Webhooks;
using ChatGovernance.TestSupport.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.Infrastructure.Tests.Webhooks;

/// <summary>The module as the bot has it, with settings that a test changes as a bot that is started anew would find them.</summary>
internal sealed class ConfiguredWebhooks(TimeProvider clock, Func<ITestDatabase> database) : IWebhookOutbox, IWebhookTargets, IAsyncDisposable
{
    private ServiceProvider? services;

    /// <summary>Runs before each try.</summary>
    public Action<WebhookEvent> Before { get; set; } = _ => { };

    /// <summary>Runs in each commit, before its events are written.</summary>
    public Action BeforeWriting { get; set; } = () => { };

    public IReadOnlyCollection<string> Names => Get<IWebhookTargets>().Names;

    public bool IsEmpty => Get<IWebhookOutbox>().IsEmpty;

    public IReadOnlyList<WebhookEvent> Write(IReadOnlyList<AuditRow> rows)
    {
        BeforeWriting();
        return Get<IWebhookOutbox>().Write(rows);
    }

    public Task<Posted> Post(WebhookEvent sent, CancellationToken ct)
    {
        Before(sent);
        return Get<IWebhookTargets>().Post(sent, ct);
    }

    public async Task Configure(params IReadOnlyList<(string Key, string Value)> settings)
    {
        await DisposeAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var collection = new ServiceCollection();
        collection.AddSingleton(clock);
        collection.AddOptions<KeycloakOptions>().Configure(options => options.Realm = "demo");
        collection.AddSingleton<IDbContextFactory<GovernanceContext>>(_ => new Contexts(
            database().Kind == DatabaseKind.Sqlite ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql, database().ConnectionString));
        services = collection.AddWebhooks(configuration).BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    /// <summary>What the doctor says.</summary>
    public async Task<IReadOnlyList<Check>> Examine(CancellationToken ct)
    {
        await using var scope = services!.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IExaminer>().Examine(ct);
    }

    public ValueTask DisposeAsync() => services?.DisposeAsync() ?? ValueTask.CompletedTask;

    private T Get<T>()
        where T : class => services!.GetRequiredService<T>();
}
