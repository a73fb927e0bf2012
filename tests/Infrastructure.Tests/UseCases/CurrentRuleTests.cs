using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>What has changed between the request and the vote.</summary>
public abstract class CurrentRuleTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task A_rule_that_was_tightened_before_the_vote_applies()
    {
        var request = await Ask("8h");
        Directory.Add(Targets.ATarget(("max-duration", "1h")));
        await Vote(request, Bob);
        await Work();

        var active = (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        active.EndsAt.ShouldBe(active.Since + Hours(1));
    }

    [Fact]
    public async Task What_the_current_rule_asks_for_and_the_request_lacks_refuses_it_at_the_vote()
    {
        var request = await Ask();
        Directory.Add(Targets.ATarget(("ticket-pattern", "INC-[0-9]+")));
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.TicketMissing());
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task Who_was_to_be_eligible_at_the_request_must_still_be_at_the_vote_although_the_rule_was_loosened()
    {
        Directory.Add(OwnerGroup, Alice);
        Offer(("eligible-group", OwnerGroup.Path));
        var request = await Ask();
        Offer();
        Directory.Leave(OwnerGroup, Alice);
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.NotEligible>();
        Directory.ChangesSent.ShouldBe(0);
    }

    [Theory, InlineData("1", "2"), InlineData("2", "1")]
    public async Task The_larger_number_of_approvals_counts_whether_it_was_raised_or_lowered(string before, string after)
    {
        Offer(("approvals", before));
        var request = await Ask();
        Offer(("approvals", after));
        await Vote(request, Bob);
        await Work();
        await StateOf<RequestState.Pending>(request);

        await Vote(request, Carol);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Carol);
    }

    [Fact]
    public async Task A_stage_that_was_added_meanwhile_is_asked_as_well()
    {
        Directory.Add(OwnerGroup, Mallory);
        var request = await Ask();
        Offer(("approver-group-2", OwnerGroup.Path));
        await Vote(request, Bob);
        await Work();
        (await StateOf<RequestState.Pending>(request)).Stage.ShouldBe(1);
        Directory.ChangesSent.ShouldBe(0);

        await Vote(request, Mallory);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Mallory);
    }

    [Fact]
    public async Task A_stage_that_was_taken_away_meanwhile_is_asked_all_the_same()
    {
        Directory.Add(OwnerGroup, Mallory);
        Offer(("approver-group-2", OwnerGroup.Path));
        var request = await Ask();
        Offer();
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Pending>(request)).Stage.ShouldBe(1);
    }

    [Fact]
    public async Task More_approvals_than_there_are_approvers_refuse_it_with_the_reason()
    {
        var request = await Ask();
        Offer(("approvals", "3"));
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.QuorumOutOfReach>();
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task Another_approver_group_decides_on_later_requests_only()
    {
        Directory.Add(OwnerGroup, Mallory);
        var request = await Ask();
        Directory.Add(Targets.ABareTarget(("requestable", "true"), ("approver-group", OwnerGroup.Path)));
        await Vote(request, Mallory);
        await Work();

        await StateOf<RequestState.Pending>(request);
        Told(Mallory, $"Your decision on {DatabaseName} does not count").ShouldBe(1);
    }

    public enum Tightened
    {
        NotOffered,
        NotEligible,
        Excluded,
    }

    [Theory, InlineData(Tightened.NotOffered), InlineData(Tightened.NotEligible), InlineData(Tightened.Excluded)]
    public async Task Invariant_3_a_rule_that_is_tightened_in_the_moment_in_which_the_vote_is_counted_keeps_the_change_from_being_made(Tightened how)
    {
        var held = Targets.ATarget() with { Id = new TargetId(TargetKind.Group, "g-payments"), Name = "/payments" };
        Directory.Add(held);
        Directory.GiveOutside(Alice, held.Id);
        Directory.Add(OwnerGroup, Carol);
        var request = await Ask();
        await Vote(request, Bob);
        // Everything is read and decided, and nothing is saved yet.
        Commits.Before = changes =>
        {
            if (changes.Request is { Value.State: RequestState.Approved })
            {
                Directory.Add(how switch
                {
                    Tightened.NotOffered => Targets.ABareTarget(("requestable", "false")),
                    Tightened.NotEligible => Targets.ATarget(("eligible-group", OwnerGroup.Path)),
                    _ => Targets.ATarget(("excludes", held.Name)),
                });
            }

            return Task.CompletedTask;
        };
        await Work();

        await StateOf<RequestState.Approved>(request);
        var why = (await GrantOf(request)).ShouldBeOfType<GrantState.Failed>().Why.ShouldBeOfType<GrantFailure.NotAllowed>().Why;
        why.GetType().Name.ShouldBe(how.ToString());
        Directory.ChangesSent.ShouldBe(0);
        Directory.Has(Alice, Database).ShouldBeFalse();
        Told(Alice, "Granted").ShouldBe(0);
        Told(Alice, "You did not get").ShouldBe(1);
    }

    [Fact]
    public async Task What_is_no_longer_offered_is_refused_at_the_vote()
    {
        var request = await Ask();
        Directory.Add(Targets.ABareTarget(("requestable", "false")));
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.NotOffered());
        Directory.ChangesSent.ShouldBe(0);
    }

    [Fact]
    public async Task What_has_become_administrative_is_refused_at_the_vote()
    {
        var request = await Ask();
        Directory.Add(Targets.ATarget() with { Privileges = new Privileges(["realm-management/realm-admin"], Administrative: true) });
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.Administrative());
    }
}

public sealed class SqliteCurrentRuleTests() : CurrentRuleTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlCurrentRuleTests() : CurrentRuleTests(DatabaseKind.PostgreSql);
