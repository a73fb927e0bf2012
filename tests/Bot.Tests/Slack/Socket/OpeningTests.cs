using ChatGovernance.Bot.Slack.Socket;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatGovernance.Bot.Tests.Slack.Socket;

/// <summary>When Slack gives no connection: how long is waited, and what the health check says.</summary>
public sealed class OpeningTests : SocketTest
{
    private readonly ManualClock clock;

    public OpeningTests()
        : this(new ManualClock())
    {
    }

    private OpeningTests(ManualClock clock)
        : base(clock) => this.clock = clock;

    [Fact]
    public async Task A_wait_that_Slack_asks_for_is_kept()
    {
        var wait = TimeSpan.FromSeconds(45);
        Workspace.Faults.RateLimited(wait, "apps.connections.open");
        await Starts();
        await Waits(wait);
        clock.Advance(wait - TimeSpan.FromSeconds(1));
        Calls.ShouldBe(1);

        clock.Advance(TimeSpan.FromSeconds(1));
        await Sockets.SeesOpen(1, ct: Ct);
    }

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("not_allowed_token_type")]
    [InlineData("nobody_has_met_this")]
    public async Task A_refusal_is_not_hammered_at(string error)
    {
        Workspace.Faults.Refused(error, "apps.connections.open");
        await Starts();
        await Waits(TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromMinutes(1));

        await Sockets.SeesOpen(1, ct: Ct);
        Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_wrong_token_opens_nothing_and_the_health_check_says_so_and_stays_ready()
    {
        await Starts(("Slack:AppToken", "xapp-of-another-app"));
        await Waits(TimeSpan.FromMinutes(1));
        (await Bot.Health()).Status.ShouldBe(HealthStatus.Healthy);
        clock.Advance(SocketHealth.Patience + TimeSpan.FromSeconds(1));

        var health = await Bot.Health();
        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Entries["slack"].Description!.ShouldContain("no open connection");
        Sockets.Open.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_open_connection_is_healthy_however_long_ago_it_was_opened()
    {
        await Starts();
        await Sockets.SeesOpen(1, ct: Ct);
        await Bot.Counted.Until(SocketMetrics.Opened, "", 1, Ct);
        clock.Advance(TimeSpan.FromDays(1));

        (await Bot.Health()).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(9, 30)]
    [InlineData(1000, 30)]
    public void Waits_double_up_to_half_a_minute_and_are_spread(int failures, double seconds)
    {
        var times = new SocketTimes();
        double[] both = [times.Wait(failures, 0).TotalSeconds, times.Wait(failures, 1).TotalSeconds];

        both.Max().ShouldBe(seconds);
        both.Min().ShouldBe(failures == 0 ? 0 : seconds / 2);
    }

    private int Calls => Workspace.Calls.Count(call => call.Method == "apps.connections.open");

    private async Task Starts(params (string Key, string? Value)[] settings) => await StartBot([("Slack:SocketConnections", "1"), .. settings]);

    /// <summary>Ends when the bot waits for so long and for nothing else.</summary>
    private async Task Waits(TimeSpan time)
    {
        using var late = new CancellationTokenSource(SlackWorkspace.Patience);
        while (clock.UntilNext != time)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, late.Token);
    }
}
