using ChatGovernance.Infrastructure.Webhooks;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Infrastructure.Tests.Webhooks;

public sealed class TargetRestTests
{
    private readonly ManualClock clock = new();

    [Fact]
    public void Each_silence_in_a_row_makes_a_longer_rest_five_minutes_at_the_most()
    {
        var rest = new TargetRest(clock);
        var lengths = new List<double>();
        for (var times = 0; times < 10; times++)
        {
            rest.DidNotAnswer();
            rest.DidNotAnswer(); // another try that was under way
            lengths.Add((rest.Until!.Value - clock.GetUtcNow()).TotalSeconds);
            clock.Advance(TimeSpan.FromSeconds(lengths[^1]));
            rest.Until.ShouldBeNull();
        }

        lengths.ShouldBe([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    [Fact]
    public void An_answer_of_any_kind_begins_anew()
    {
        var rest = new TargetRest(clock);
        rest.DidNotAnswer();
        clock.Advance(TargetRest.First);
        rest.Answered();
        rest.DidNotAnswer();

        rest.Until.ShouldBe(clock.GetUtcNow() + TargetRest.First);
    }

    [Fact]
    public void The_longer_one_of_two_rests_counts()
    {
        var rest = new TargetRest(clock);
        rest.Asked(TimeSpan.FromMinutes(10));
        rest.Asked(TimeSpan.FromMinutes(1));

        rest.Until.ShouldBe(clock.GetUtcNow() + TimeSpan.FromMinutes(10));
    }
}
