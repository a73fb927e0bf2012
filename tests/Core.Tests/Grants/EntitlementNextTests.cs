using ChatGovernance.TestSupport;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Tests.Families;
using FsCheck.Fluent;
using static ChatGovernance.TestSupport.Builders.Entitlements;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Grants;

public sealed class EntitlementNextTests
{
    private static readonly Retry notYet = new(2, Now + Minutes(1), Doubt.Away, Now);

    [Fact]
    public void Nothing_is_to_be_done_without_grants()
    {
        AnEntitlement().Next(Now).ShouldBe(new Step.Idle());
        AnEntitlement().DueAt.ShouldBeNull();
    }

    [Fact]
    public void A_grant_that_waits_is_made_at_once()
    {
        var grant = AGrant(Waiting());

        AnEntitlement(grant).Next(Now).ShouldBe(new Step.Provision(grant));
        AnEntitlement(grant).DueAt.ShouldBe(DateTimeOffset.MinValue);
    }

    [Fact]
    public void A_window_is_not_opened_before_its_time()
    {
        var grant = AGrant(Waiting(), length: new AccessLength.Window(Now + Hours(1), Now + Hours(2)));

        AnEntitlement(grant).Next(Now).ShouldBe(new Step.Idle());
        AnEntitlement(grant).DueAt.ShouldBe(Now + Hours(1));
        AnEntitlement(grant).Next(Now + Hours(1)).ShouldBe(new Step.Provision(grant));
    }

    [Fact]
    public void A_change_that_may_be_out_is_gone_on_with_at_once() =>
        AnEntitlement(AGrant(Started())).Next(Now).ShouldBe(new Step.Provision(AGrant(Started())));

    [Theory, InlineData(false), InlineData(true)]
    public void A_grant_begins_to_end_at_its_time_confirmed_or_not(bool confirmed)
    {
        var grant = AGrant(confirmed ? Active() : Started());

        AnEntitlement(grant).Next(Now + Hours(8) - TimeSpan.FromTicks(1)).ShouldNotBeOfType<Step.BeginEnd>();
        AnEntitlement(grant).Next(Now + Hours(8)).ShouldBe(new Step.BeginEnd(grant));
        (AnEntitlement(grant) with { Retry = notYet with { NotBefore = Now + Days(1) } }).Next(Now + Hours(8)).ShouldBe(new Step.BeginEnd(grant));
    }

    [Fact]
    public void An_end_that_is_due_comes_before_everything_else()
    {
        var due = AGrant(Active(Now), id: 2);

        AnEntitlement(AGrant(Waiting(), id: 1), due, AGrant(Ending(), id: 3), AGrant(Active(), id: 4, remindAt: Now, checkAt: Now)).Next(Now).ShouldBe(new Step.BeginEnd(due));
    }

    [Fact]
    public void An_end_that_is_over_is_not_announced() =>
        AnEntitlement(AGrant(Active(Now), remindAt: Now - Hours(1))).Next(Now).ShouldBeOfType<Step.BeginEnd>();

    [Fact]
    public void A_reminder_does_not_wait_for_the_directory()
    {
        var near = AGrant(Active(), remindAt: Now);

        (AnEntitlement(near, AGrant(Ending(), id: 2)) with { Retry = notYet }).Next(Now).ShouldBe(new Step.Remind(near));
    }

    [Fact]
    public void A_grant_is_made_before_another_one_is_taken_away() =>
        AnEntitlement(AGrant(Ending(), id: 1), AGrant(Waiting(), id: 2)).Next(Now).ShouldBe(new Step.Provision(AGrant(Waiting(), id: 2)));

    [Fact]
    public void What_has_ended_is_taken_away_although_another_grant_cannot_be_made()
    {
        var entitlement = AnEntitlement(AGrant(Ending(), id: 1), AGrant(Waiting(), id: 2)).TryLater(Doubt.Unreadable, Now);

        entitlement.Next(Now + Minutes(1)).ShouldBe(new Step.FinishEnd(AGrant(Ending(), id: 1)));
        entitlement.TryLater(Doubt.Unreadable, Now).Next(Now + Minutes(1)).ShouldBe(new Step.Provision(AGrant(Waiting(), id: 2)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void What_failed_is_tried_again_at_its_time(bool ending)
    {
        var entitlement = AnEntitlement(AGrant(ending ? Ending() : Waiting())) with { Retry = notYet };

        entitlement.Next(Now).ShouldBe(new Step.Idle());
        entitlement.DueAt.ShouldBe(notYet.NotBefore);
        entitlement.Next(notYet.NotBefore).ShouldNotBe(new Step.Idle());
    }

    [Fact]
    public void Facts_under_a_live_grant_are_read_again_at_their_time()
    {
        var grant = AGrant(Active(), checkAt: Now + Hours(1));

        AnEntitlement(grant).Next(Now).ShouldBe(new Step.Idle());
        AnEntitlement(grant).DueAt.ShouldBe(Now + Hours(1));
        AnEntitlement(grant).Next(Now + Hours(1)).ShouldBe(new Step.Check(grant));
    }

    [Fact]
    public void Access_without_an_end_never_ends_by_itself()
    {
        AnEntitlement(AGrant(ActiveWithoutEnd())).Next(Now + Days(3650)).ShouldBe(new Step.Idle());
        AnEntitlement(AGrant(ActiveWithoutEnd())).DueAt.ShouldBeNull();
    }

    [Fact]
    public void Every_kind_of_step_comes_up()
    {
        Entitlement[] entitlements =
        [
            AnEntitlement(), AnEntitlement(AGrant(Waiting())), AnEntitlement(AGrant(Ending())), AnEntitlement(AGrant(Active(Now))),
            AnEntitlement(AGrant(Active(), remindAt: Now)), AnEntitlement(AGrant(Active(), checkAt: Now)),
        ];

        entitlements.Select(entitlement => entitlement.Next(Now).GetType()).Distinct().ShouldBe(Specimen.Members(typeof(Step)), ignoreOrder: true);
    }

    [Fact]
    public void It_is_due_exactly_from_the_moment_at_which_something_is_to_be_done() => Prop.ForAll<int[]>(numbers =>
    {
        var entitlement = FromNumbers(numbers);
        if (entitlement.DueAt is not { } due)
            return entitlement.Next(Now + Days(10_000)) is Step.Idle;
        if (due == DateTimeOffset.MinValue)
            return entitlement.Next(Now - Days(10_000)) is not Step.Idle;
        return entitlement.Next(due) is not Step.Idle && entitlement.Next(due - TimeSpan.FromTicks(1)) is Step.Idle;
    }).ShouldHold();

    /// <summary>Any combination of grants, ends, reminders, checks and a retry.</summary>
    private static Entitlement FromNumbers(int[] numbers)
    {
        var grants = numbers.Take(4).Select((number, i) =>
        {
            var n = Math.Abs((long)number);
            var end = n % 5 == 0 ? (DateTimeOffset?)null : Now + Minutes((int)(n % 97));
            GrantState state = (n % 4) switch
            {
                0 => Waiting(),
                1 => new GrantState.Started(Now, Now + Hours(24), end),
                2 => new GrantState.Active(Now, end),
                _ => Ending(),
            };
            AccessLength length = n % 3 == 0 ? new AccessLength.Window(Now + Minutes((int)(n % 53)), Now + Hours(4)) : new AccessLength.For(Hours(1));
            return AGrant(state, i, length, n % 7 < 3 ? Now + Minutes((int)(n % 41)) : null, n % 11 < 5 ? Now + Minutes((int)(n % 43)) : null);
        }).ToList();
        var last = numbers.Length > 4 ? Math.Abs((long)numbers[4]) : 0;
        return AnEntitlement([.. grants]) with { Retry = last % 2 == 0 ? null : new Retry((int)(last % 6) + 1, Now + Minutes((int)(last % 37)), Doubt.Away, Now) };
    }
}
