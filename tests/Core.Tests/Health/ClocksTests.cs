using ChatGovernance.Core.Health;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Health;

public sealed class ClocksTests
{
    [Theory]
    [InlineData(0, CheckResult.Ok)]
    [InlineData(2, CheckResult.Ok)]
    [InlineData(7, CheckResult.Ok)]
    [InlineData(8, CheckResult.Failed)]
    [InlineData(-2, CheckResult.Ok)]
    [InlineData(-3, CheckResult.Failed)]
    public void Only_what_the_way_there_and_back_cannot_explain_counts(int seconds, CheckResult result) =>
        Compare(seconds).Result.ShouldBe(result);

    [Fact]
    public void Which_clock_is_ahead_and_by_how_much_is_said()
    {
        Compare(3600 + 5).Sentence.ShouldBe("The other clock is 1 hour ahead of this machine's.");
        Compare(-60).Sentence.ShouldBe("The other clock is 1 minute behind this machine's.");
    }

    /// <summary>Asked now, answered 5 s later; two seconds are tolerated.</summary>
    private static Check Compare(int seconds) => Clocks.Compare("clock", "The other clock", Now + Seconds(seconds), Now, Now + Seconds(5), Seconds(2));
}
