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
