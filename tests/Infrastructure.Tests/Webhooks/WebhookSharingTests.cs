using System.Diagnostics.Metrics;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence;
using ChatGovernance.Infrastructure.Persistence.Claims;
using ChatGovernance.Infrastructure.Work;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatGovernance.Infrastructure.Tests.Webhooks;

/// <summary>How receivers share the workers: who is slow keeps none from the others.</summary>
public abstract class WebhookSharingTests(DatabaseKind kind) : WebhookTest(kind)
{
    private const int AtOnce = 16;
    private const int Requests = 3 * AtOnce;

    /// <summary>Nothing is measured by it: a test that fails ends.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task While_one_target_holds_every_call_open_another_gets_all_its_events()
    {
        await Configure([.. ToSiem, .. ToDesk]);
        var (deskHasAll, siemHasAll, release) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        Desk.Answers = Counting(deskHasAll);
        Siem.Answers = Counting(siemHasAll);
        Siem.Held = release.Task;
        await Happen(Requests);

        using var loop = Loop();
        await loop.StartAsync(Ct);
        await deskHasAll.Task.WaitAsync(patience, TimeProvider.System, Ct);
        Siem.Tried.Count.ShouldBeLessThanOrEqualTo(WorkTable.Share);

        release.SetResult();
        await siemHasAll.Task.WaitAsync(patience, TimeProvider.System, Ct);
        await loop.StopAsync(Ct);
        (await Rows()).ShouldBe(0);
    }

    [Fact]
    public async Task A_claim_takes_a_share_of_each_target_the_longest_due_first_and_no_more_until_one_is_done()
    {
        await Configure([.. ToSiem, .. ToDesk]);
        await Happen(Requests);

        var first = await Store.Claim(WorkKind.Webhook, AtOnce, TimeSpan.FromMinutes(1), Ct);
        first.Select(lease => lease.Id).ShouldBe(Enumerable.Range(1, 2 * WorkTable.Share).Select(id => $"{id}"));
        (await Store.Claim(WorkKind.Webhook, AtOnce, TimeSpan.FromMinutes(1), Ct)).ShouldBeEmpty();
        (await Store.Claims.NextDue(WorkKind.Webhook, Ct)).ShouldBe(Clock.GetUtcNow() + TimeSpan.FromMinutes(1), "Nobody is to look again and again for what cannot be claimed.");

        await Store.Claims.Release(first[1], Clock.GetUtcNow() + TimeSpan.FromHours(1), Ct);
        var next = (await Store.Claim(WorkKind.Webhook, AtOnce, TimeSpan.FromMinutes(1), Ct)).ShouldHaveSingleItem();
        (await Rows($"id = {next.Id} AND target = 'desk'")).ShouldBe(1);
    }

    /// <summary>Each request is received, in one instant; siem and desk are to be told of each.</summary>
    private Task Happen(int requests) => Store.Commits.Commit(
        new Changes
        {
            Audit =
            [
                .. Enumerable.Range(1, requests).Select(number => new AuditEntry
                {
                    Kind = AuditKind.RequestReceived,
                    Subject = Subject.Of(new RequestId(new Guid(number, 0, 0, new byte[8]))),
                    At = Clock.GetUtcNow(),
                }),
            ],
        },
        Ct);

    private static Func<ReceivedWebhook, WebhookAnswer> Counting(TaskCompletionSource hasAll)
    {
        var received = 0;
        return _ =>
        {
            if (Interlocked.Increment(ref received) == Requests)
                hasAll.SetResult();
            return new WebhookAnswer(204);
        };
    }

    /// <summary>As the bot has it.</summary>
    private WorkLoop Loop()
    {
        var services = new ServiceCollection()
            .AddMetrics()
            .AddSingleton(Store.Webhooks)
            .AddSingleton(Store.Commits)
            .AddSingleton(Receivers)
            .AddSingleton<TimeProvider>(Clock)
            .AddScoped<DeliverWebhook>()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        var time = new DatabaseTime(Clock);
        time.BeThisMachines();
        return new WorkLoop(
            new WorkDefinition(WorkKind.Webhook, AtOnce, (provider, lease, ct) => provider.GetRequiredService<DeliverWebhook>().Run(lease, ct)),
            Store.Claims,
            new Signals(),
            services.GetRequiredService<IServiceScopeFactory>(),
            new WorkMetrics(services.GetRequiredService<IMeterFactory>()),
            time,
            TimeSpan.FromMinutes(1),
            NullLogger<WorkLoop>.Instance);
    }
}

public sealed class SqliteWebhookSharingTests() : WebhookSharingTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlWebhookSharingTests() : WebhookSharingTests(DatabaseKind.PostgreSql);
