using System.Diagnostics;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Observability;
using ChatGovernance.Infrastructure.Webhooks;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.Infrastructure.Tests.Persistence.Samples;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

/// <summary>What is traced goes on wherever its row is taken up.</summary>
public abstract class TraceTests(DatabaseKind kind) : StoreTests(kind)
{
    private static readonly ActivityListener listener = new()
    {
        ShouldListenTo = source => source.Name == Traces.SourceName,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    protected override IWebhookOutbox Outbox => new CloudEvents([new WebhookTarget("siem", new Uri("https://siem.example.org"), [], [])], "/realms/demo");

    public override ValueTask InitializeAsync()
    {
        ActivitySource.AddActivityListener(listener);
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Every_kind_of_row_carries_the_trace_of_what_made_it_due()
    {
        using var click = Traces.Begin("click", ActivityKind.Server).ShouldNotBeNull();
        await Store.Inbox.Accept(Delivery("slack:1"), Ct);
        await Saved(new Changes
        {
            Request = New(Received(1, Now)),
            Entitlement = New(Entitlement(1, Waiting(1, Now))),
            Cards = [Card(1)],
            Notes = [Note("1")],
            Audit = [new AuditEntry { Kind = AuditKind.RequestReceived, Subject = Subject.System, At = Now }],
        });

        foreach (var work in Enum.GetValues<WorkKind>())
            (await TraceOf(work)).ShouldBe(click.Id, work.ToString());
        click.Stop();
        using var goingOn = Traces.Continue("work", click.Id).ShouldNotBeNull();
        (goingOn.TraceId, goingOn.ParentSpanId).ShouldBe((click.TraceId, click.SpanId));
    }

    [Fact]
    public async Task A_request_carries_the_trace_of_its_last_cause()
    {
        using (Traces.Begin("filed", ActivityKind.Server))
            await Saved(new Changes { Request = New(Pending(1, Now)) });
        using var vote = Traces.Begin("vote", ActivityKind.Server).ShouldNotBeNull();
        await Saved(new Changes { Request = new(Pending(1, Now).WithVote(2, Now), 1) });

        (await TraceOf(WorkKind.Request)).ShouldBe(vote.Id);
    }

    [Fact]
    public async Task A_card_that_is_wanted_again_carries_the_trace_of_its_last_cause()
    {
        using (Traces.Begin("first", ActivityKind.Server))
            await Saved(new Changes { Cards = [Card(1)] });
        using var second = Traces.Begin("second", ActivityKind.Server).ShouldNotBeNull();
        await Saved(new Changes { Touched = [new CardTouch(Card(1).Subject)] });

        (await TraceOf(WorkKind.Card)).ShouldBe(second.Id);
    }

    [Fact]
    public async Task What_waits_for_the_clock_is_a_trace_of_its_own()
    {
        using var click = Traces.Begin("click", ActivityKind.Server);
        var grant = Active(1, Now, TimeSpan.FromHours(8));
        await Saved(new Changes { Entitlement = New(Entitlement(1, grant)) });
        Clock.Advance(TimeSpan.FromHours(8));

        (await TraceOf(WorkKind.Entitlement)).ShouldBeNull();
    }

    [Fact]
    public async Task Outside_of_a_trace_a_row_carries_none()
    {
        Activity.Current = null;
        await Store.Inbox.Accept(Delivery("slack:1"), Ct);
        await Saved(new Changes { Cards = [Card(1)], Notes = [Note("1")] });

        foreach (var work in (WorkKind[])[WorkKind.Inbox, WorkKind.Card, WorkKind.Note])
            (await TraceOf(work)).ShouldBeNull();
    }

    private async Task<string?> TraceOf(WorkKind work) => (await Store.Claims.Claim(work, 10, Minute, Ct)).ShouldHaveSingleItem().Trace;
}

public sealed class TraceOnSqliteTests() : TraceTests(DatabaseKind.Sqlite);

public sealed class TraceOnPostgreSqlTests() : TraceTests(DatabaseKind.PostgreSql);
