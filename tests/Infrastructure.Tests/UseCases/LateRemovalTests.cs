using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>A removal whose answer was lost takes effect after a new grant of the same pair was confirmed.</summary>
public abstract class LateRemovalTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task Invariant_4_what_a_late_removal_of_ours_took_away_is_given_again_with_the_same_end()
    {
        var (first, second) = await Overtaken();
        var active = (await GrantOf(second)).ShouldBeOfType<GrantState.Active>();
        Directory.TakesEffect();
        Directory.Has(Alice, Database).ShouldBeFalse();
        await HearsOf();

        Directory.Has(Alice, Database).ShouldBeTrue();
        (await GrantOf(second)).ShouldBe(active);
        (await GrantOf(first)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.KeptForOtherGrant);
        AuditLines.Count(line => line.StartsWith("A removal of ours from before", StringComparison.Ordinal)).ShouldBe(1);
        AuditLines.Count(line => line.StartsWith("Given again", StringComparison.Ordinal)).ShouldBe(1);
        Told(Alice, "Granted").ShouldBe(2);

        await Pass(Hours(8));
        (await GrantOf(second)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
        Directory.Has(Alice, Database).ShouldBeFalse();
        Told(Alice, $"Your grant of {DatabaseName} has ended; you still have it").ShouldBe(1);
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_5_what_an_administrator_takes_away_after_that_is_not_fought()
    {
        var (_, second) = await Overtaken();
        Directory.TakesEffect();
        await HearsOf();
        Clock.Advance(Minutes(5));
        Directory.TakeOutside(Alice, Database);
        await HearsOf();
        await Pass(Hours(2));

        (await GrantOf(second)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.RemovedOutside);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Invariant_5_nor_what_an_administrator_takes_away_instead()
    {
        var (_, second) = await Overtaken();
        Directory.TakeOutside(Alice, Database);
        Directory.TakesEffect();
        await HearsOf();

        (await GrantOf(second)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.RemovedOutside);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Invariant_5_an_old_removal_of_ours_says_nothing_of_what_is_gone_without_an_event()
    {
        await AskAndApprove("1h");
        await Pass(Hours(2));
        Directory.WritesEvents = false;
        var second = await AskAndApprove("3d");
        Directory.TakeOutside(Alice, Database);
        await Pass(Hours(25));

        (await GrantOf(second)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.RemovedOutside);
        Directory.Calls[nameof(IDirectory.Assign)].ShouldBe(2);
    }

    [Fact]
    public async Task Without_the_right_to_read_events_it_counts_as_taken_away_by_others()
    {
        var (_, second) = await Overtaken("3d");
        Directory.TakesEffect();
        Directory.Doubts = call => call is nameof(IDirectory.ReadChangesSince) or nameof(IDirectory.ReadLastChange) ? Doubt.Forbidden : null;
        await HearsOf();
        await Pass(Days(1));

        (await GrantOf(second)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.RemovedOutside);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Invariant_10_whose_removal_it_was_is_asked_again_while_the_directory_does_not_say()
    {
        var (_, second) = await Overtaken();
        Directory.TakesEffect();
        Directory.Doubts = call => call == nameof(IDirectory.ReadLastChange) ? Doubt.Away : null;
        await HearsOf();
        (await GrantOf(second)).ShouldBeOfType<GrantState.Active>();

        DirectoryIsBack();
        await Pass(Minutes(5));
        (await GrantOf(second)).ShouldBeOfType<GrantState.Active>();
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task Invariant_3_it_is_not_given_again_where_it_is_no_longer_allowed()
    {
        var (_, second) = await Overtaken();
        Directory.TakesEffect();
        Directory.Change(Database, facts => facts with { Levels = [facts.Levels[0] with { Attributes = new Dictionary<string, IReadOnlyList<string>>() }] });
        await HearsOf();

        (await GrantOf(second)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.NoLongerAllowed);
        Directory.Has(Alice, Database).ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_given_again_at_once_is_tried_until_its_end()
    {
        var (_, second) = await Overtaken();
        Directory.TakesEffect();
        Directory.Fate = ChangeFate.Rejected;
        await HearsOf();
        (await GrantOf(second)).ShouldBeOfType<GrantState.Started>().Since.ShouldNotBeNull();

        await Pass(Hours(9));
        (await GrantOf(second)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.Expired);
    }

    [Fact]
    public async Task What_cannot_be_given_again_for_a_day_ends_visibly()
    {
        var (_, second) = await Overtaken("3d");
        Directory.TakesEffect();
        Directory.Fate = ChangeFate.Rejected;
        await HearsOf();
        await Pass(Hours(25));

        (await GrantOf(second)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.NotGivenAgain);
        Told(Alice, $"Your grant of {DatabaseName} has ended; you still have it").ShouldBe(1);
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_5_what_was_held_before_comes_back_and_stays()
    {
        var first = await AskAndApprove("1h");
        Directory.Fate = ChangeFate.RemovalDelayed;
        await Pass(Hours(1));
        (await GrantOf(first)).ShouldBeOfType<GrantState.Ending>();
        Directory.TakeOutside(Alice, Database);
        Directory.GiveOutside(Alice, Database);
        await Pass(Minutes(1));
        (await GrantOf(first)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.KeptAddedOutside);
        var second = await AskAndApprove("8h");
        Directory.Fate = ChangeFate.Made;
        Clock.Advance(Minutes(1));
        Directory.TakesEffect();
        await HearsOf();
        Directory.Has(Alice, Database).ShouldBeTrue();

        await Pass(Hours(9));
        (await GrantOf(second)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.KeptHeldBefore);
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    /// <summary>The first grant's removal is on its way without an answer; the second grant is confirmed.</summary>
    private async Task<(RequestId First, RequestId Second)> Overtaken(string duration = "8h")
    {
        var first = await AskAndApprove("1h");
        Directory.Fate = ChangeFate.RemovalDelayed;
        await Pass(Hours(1));
        (await GrantOf(first)).ShouldBeOfType<GrantState.Ending>();
        var second = await AskAndApprove(duration);
        await Pass(Minutes(6));
        (await GrantOf(second)).ShouldBeOfType<GrantState.Active>();
        Directory.Fate = ChangeFate.Made;
        Clock.Advance(Minutes(1));
        return (first, second);
    }

    private async Task HearsOf()
    {
        await Follow(Clock.GetUtcNow() - Minutes(1));
        await Work();
    }
}

public sealed class SqliteLateRemovalTests() : LateRemovalTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlLateRemovalTests() : LateRemovalTests(DatabaseKind.PostgreSql);
