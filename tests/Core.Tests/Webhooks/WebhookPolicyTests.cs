using ChatGovernance.TestSupport;
using ChatGovernance.Core.Tests.Families;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Webhooks;

public sealed class WebhookPolicyTests
{
    private static readonly PendingWebhook pending = new()
    {
        Id = 1,
        Event = new WebhookEvent { Target = "siem", Subject = Subject.System, EventId = "1", Type = WebhookType.Approved, Number = 1, At = Now, Body = "{}" },
    };

    public static TheoryData<string> Answers => Specimen.NamesOf<Posted>();

    [Theory, MemberData(nameof(Answers))]
    public void Whatever_a_try_brings_the_event_is_delivered_dead_or_tried_again(string name)
    {
        var (after, again) = WebhookPolicy.Follow(pending, Specimen.Named<Posted>(name), Now + Minutes(1), 0);

        (after.IsDelivered || after.Dead is not null).ShouldBe(again is null);
    }

    [Theory, MemberData(nameof(Answers))]
    public void Nothing_is_tried_after_three_days(string name) =>
        WebhookPolicy.Follow(pending, Specimen.Named<Posted>(name), Now + Days(3), 0).Again.ShouldBeNull();

    [Fact]
    public void What_is_sent_again_is_tried_for_three_days_from_then()
    {
        var again = pending with { ResentAt = Now + Days(10) };
        WebhookPolicy.Follow(again, new Posted.NotTaken("503"), Now + Days(13) - Seconds(1), 0).Again.ShouldBe(Now + Days(13));
        WebhookPolicy.Follow(again, new Posted.NotTaken("503"), Now + Days(13), 0).After.Dead.ShouldBe(WebhookPolicy.Expired);
        WebhookPolicy.Follow(again, new Posted.Unknown(), Now + Days(10) + Minutes(59), 0).After.Dead.ShouldBeNull();
    }

    [Fact]
    public void What_is_taken_late_is_delivered_all_the_same() =>
        WebhookPolicy.Follow(pending, new Posted.Taken(), Now + Days(30), 0).After.ShouldBe(pending with { IsDelivered = true });

    [Fact]
    public void Waits_grow_from_five_seconds_to_half_an_hour()
    {
        var waits = new List<double>();
        for (var failures = 0; failures < 12; failures++)
            waits.Add((WebhookPolicy.Follow(pending with { Failures = failures }, new Posted.NotTaken("503"), Now, 0).Again!.Value - Now).TotalSeconds);

        waits.ShouldBe([5, 10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800, 1800]);
        WebhookPolicy.Follow(pending, new Posted.NotTaken("503"), Now, 1).Again.ShouldBe(Now + Seconds(5) * 0.75);
    }

    [Fact]
    public void What_the_receiver_asks_for_counts_where_it_is_more_and_no_more_than_an_hour()
    {
        Again(Minutes(10)).ShouldBe(Now + Minutes(10));
        Again(Seconds(1)).ShouldBe(Now + Seconds(5));
        Again(Days(1)).ShouldBe(Now + Hours(1));

        static DateTimeOffset? Again(TimeSpan wait) => WebhookPolicy.Follow(pending, new Posted.NotTaken("429", wait), Now, 0).Again;
    }

    [Fact]
    public void The_last_try_is_made_when_the_time_is_over()
    {
        var late = Now + Days(3) - Minutes(10);

        WebhookPolicy.Follow(pending with { Failures = 20 }, new Posted.NotTaken("503"), late, 0).Again.ShouldBe(Now + Days(3));
        WebhookPolicy.Follow(pending, new Posted.Resting(late + Hours(1)), late, 0).Again.ShouldBe(Now + Days(3));
    }

    [Fact]
    public void Only_a_try_counts_as_one()
    {
        WebhookPolicy.Follow(pending, new Posted.Resting(Now + Minutes(1)), Now, 0).After.ShouldBe(pending);
        WebhookPolicy.Follow(pending, new Posted.NotTaken("503"), Now, 0).After.ShouldBe(pending with { Failures = 1, Answer = "503" });
    }
}
