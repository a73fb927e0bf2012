using ChatGovernance.Infrastructure.Work;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Infrastructure.Tests.Work;

public sealed class DeadlineTests
{
    private static readonly TimeSpan length = TimeSpan.FromSeconds(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_driver_that_blocks_where_it_stands_holds_up_nobody_past_the_deadline()
    {
        var clock = new ManualClock();
        using var blocks = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var within = Task.Run(
            () => Deadline.Within(length, clock, _ =>
            {
                entered.SetResult();
                blocks.Wait(CancellationToken.None);
                return Task.FromResult(1);
            }, Ct),
            Ct);
        try
        {
            await entered.Task.WaitAsync(Ct);
            clock.Advance(length);

            (await Task.WhenAny(within, Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, Ct))).ShouldBe(within, "nobody was answered while the driver blocked");
            await Should.ThrowAsync<TimeoutException>(within);
        }
        finally
        {
            blocks.Set();
        }
    }
}
