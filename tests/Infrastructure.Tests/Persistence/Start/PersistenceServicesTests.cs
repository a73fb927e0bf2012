using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Claims;
using ChatGovernance.TestSupport.Databases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Tests.Persistence.Start;

public sealed class PersistenceServicesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_start_brings_the_schema_and_every_store_works(DatabaseKind kind)
    {
        await using var database = await TestDatabases.CreateAsync(kind, DatabaseSchema.None, Ct);
        using var host = Build(("Database:Provider", kind.ToString()), ("ConnectionStrings:ChatGovernance", database.ConnectionString));

        await host.StartAsync(Ct);

        (await host.Services.GetRequiredService<ICommits>().Commit(new Changes { Audit = [AuditSamples.Entry(DateTimeOffset.UnixEpoch)] }, Ct)).ShouldBe(CommitResult.Saved);
        (await host.Services.GetRequiredService<IClaims>().Claim(WorkKind.Inbox, 1, TimeSpan.FromMinutes(1), Ct)).ShouldBeEmpty();
        host.Services.GetRequiredService<TimeProvider>().ShouldBeOfType<DatabaseTime>();
        (await Health(host)).ShouldBe(HealthStatus.Healthy);
        await host.StopAsync(Ct);
    }

    [Theory, EveryDatabase]
    public async Task Without_its_schema_the_database_is_not_healthy(DatabaseKind kind)
    {
        await using var database = await TestDatabases.CreateAsync(kind, DatabaseSchema.None, Ct);
        using var host = Build(
            ("Database:Provider", kind.ToString()), ("ConnectionStrings:ChatGovernance", database.ConnectionString), ("Database:MigrateAtStart", "false"));

        await host.StartAsync(Ct);

        (await Health(host)).ShouldBe(HealthStatus.Unhealthy);
        await host.StopAsync(Ct);
    }

    [Theory, EveryDatabase]
    public async Task A_database_that_is_away_is_not_healthy(DatabaseKind kind)
    {
        var nowhere = kind == DatabaseKind.Sqlite ? "Data Source=/nonexistent/no.db" : "Host=127.0.0.1;Port=1;Username=x;Timeout=5";
        using var host = Build(("Database:Provider", kind.ToString()), ("ConnectionStrings:ChatGovernance", nowhere), ("Database:MigrateAtStart", "false"));

        (await Health(host)).ShouldBe(HealthStatus.Unhealthy);
    }

    [Theory]
    [InlineData("Database:Provider", "Oracle")]
    [InlineData("Database:MigrateAtStart", "perhaps")]
    [InlineData("ConnectionStrings:ChatGovernance", "Password=secret")]
    [InlineData("ConnectionStrings:Migrations", "secret")]
    public async Task A_setting_that_cannot_be_read_stops_the_start_and_is_named(string key, string value)
    {
        using var host = Build((key, value));

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(Ct));

        refused.Message.ShouldContain(key);
        refused.Message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task PostgreSQL_needs_to_be_told_where_it_is()
    {
        using var host = Build(("Database:Provider", "PostgreSql"));

        (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(Ct))).Message.ShouldContain("ConnectionStrings:ChatGovernance");
    }

    private static async Task<HealthStatus> Health(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Ct)).Entries["database"].Status;

    private static IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }));
        builder.Services.AddSingleton<IAuditMirror, NoMirror>();
        builder.Services.AddSingleton<IWebhookOutbox, NoWebhooks>();
        builder.Services.AddSingleton<IWake, NobodyWoken>();
        builder.Services.AddPersistence(builder.Configuration);
        return builder.Build();
    }

    private sealed class NoMirror : IAuditMirror
    {
        public IReadOnlyList<Note> Mirror(IReadOnlyList<AuditRow> rows) => [];
    }

    private sealed class NoWebhooks : IWebhookOutbox
    {
        public bool IsEmpty => true;

        public IReadOnlyList<WebhookEvent> Write(IReadOnlyList<AuditRow> rows) => [];
    }

    private sealed class NobodyWoken : IWake
    {
        public void Wake(WorkKind kind)
        {
        }
    }
}
