using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>A gift whose answer was lost takes effect after its grant was ended for another reason.</summary>
public abstract class LateGiftTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task Invariant_4_what_we_gave_late_is_taken_away_although_it_was_not_there_when_the_grant_ended()
    {
        var request = await Ask();
        Directory.Fate = ChangeFate.Delayed;
        await Vote(request, Bob);
        await Work();
        Directory.Add(Targets.ABareTarget(("requestable", "false")));
        await Pass(TimeSpan.FromSeconds(30));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ending>().Why.ShouldBe(EndReason.NoLongerAllowed);

        Directory.Fate = ChangeFate.Made;
        Directory.TakesEffect();
        Directory.Has(Alice, Database).ShouldBeTrue();
        await Pass(Minutes(2));

        Directory.Has(Alice, Database).ShouldBeFalse();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
        (await EntitlementOf(Alice)).Tenure.ShouldBeNull();
    }

    [Fact]
    public async Task Invariant_4_a_second_late_change_is_taken_away_too_after_the_first_one_was()
    {
        var request = await Ask();
        Directory.Fate = ChangeFate.Delayed;
        await Vote(request, Bob);
        await Work();
        Directory.TakesEffect();
        Directory.Change(Alice, person => person with { Enabled = false });
        Directory.Fate = ChangeFate.Made;
        await Pass(TimeSpan.FromSeconds(30));
        Directory.Has(Alice, Database).ShouldBeFalse();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ending>();

        await Directory.Assign(Alice.Id, Database, Ct);
        await Pass(Minutes(2));

        Directory.Has(Alice, Database).ShouldBeFalse();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
    }

    [Fact]
    public async Task What_never_arrives_is_over_a_minute_later()
    {
        var request = await Ask();
        Directory.Fate = ChangeFate.RequestLost;
        await Vote(request, Bob);
        await Work();
        Directory.Add(Targets.ABareTarget(("requestable", "false")));
        await Pass(Minutes(2));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.AlreadyGone);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Invariant_5_while_nobody_can_say_who_gave_it_again_nothing_is_taken_away()
    {
        var request = await AskAndApprove("1h");
        Directory.TakeOutside(Alice, Database);
        Directory.GiveOutside(Alice, Database);
        Directory.Doubts = call => call == nameof(IDirectory.ReadLastChange) ? Doubt.Away : null;
        await Pass(Hours(2));
        Directory.Has(Alice, Database).ShouldBeTrue();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ending>();

        DirectoryIsBack();
        await Pass(Minutes(6));

        Directory.Has(Alice, Database).ShouldBeTrue();
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.KeptAddedOutside);
    }
}

public sealed class SqliteLateGiftTests() : LateGiftTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlLateGiftTests() : LateGiftTests(DatabaseKind.PostgreSql);
