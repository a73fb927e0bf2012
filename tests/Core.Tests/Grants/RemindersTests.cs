using ChatGovernance.Core.Grants;
using FsCheck.Fluent;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Grants;

public sealed class RemindersTests
{
    [Theory]
    [InlineData(48 * 3600, 24 * 3600, 3600)]
    [InlineData(30 * 86400, 24 * 3600, 3600)]
    [InlineData(48 * 3600 - 1, 3600)]
    [InlineData(8 * 3600, 3600)]
    [InlineData(4 * 3600, 3600)]
    [InlineData(3600, 900)]
    [InlineData(20, 5)]
    public void An_end_is_announced_so_long_before_it(int length, params int[] before)
    {
        var end = Now + Seconds(length);

        Reminders.For(Now, end).ShouldBe(before.Select(seconds => end - Seconds(seconds)));
    }

    [Fact]
    public void The_next_one_is_the_first_that_is_still_to_come()
    {
        var end = Now + Days(3);

        Reminders.Next(Now, end, Now).ShouldBe(end - Days(1));
        Reminders.Next(Now, end, end - Days(1)).ShouldBe(end - Hours(1));
        Reminders.Next(Now, end, end - Hours(1)).ShouldBeNull();
    }

    [Fact]
    public void After_an_outage_only_the_latest_is_left()
    {
        var end = Now + Days(3);

        Reminders.Next(Now, end, end - Minutes(30)).ShouldBeNull();
        Reminders.Next(Now, end, end - Hours(2)).ShouldBe(end - Hours(1));
    }

    [Fact]
    public void What_has_no_end_is_not_announced() => Reminders.Next(Now, null, Now).ShouldBeNull();

    [Fact]
    public void Every_reminder_lies_within_the_grant_and_in_order() => Prop.ForAll<int>(number =>
    {
        var end = Now + Seconds(1 + Math.Abs(number % 10_000_000));
        var all = Reminders.For(Now, end);
        return all.Count is 1 or 2 && all.All(at => at > Now && at < end) && all.SequenceEqual(all.Order());
    }).ShouldHold();
}
