using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>The directory loses what it knew: it answers 404 as if everybody had been deleted.</summary>
public abstract class DisappearanceTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private static readonly PersonRef[] everybody = [Alice, Mallory, Bob, Carol];

    [Fact]
    public async Task Many_people_gone_at_once_end_nothing_are_told_once_and_all_goes_on_when_they_are_back()
    {
        var requests = await AllGranted("3d");
        AllGone();
        for (var minute = 0; minute < 30; minute++)
            await HearsOf();

        foreach (var request in requests)
            (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Alarms.ShouldBe(1);
        Over.ShouldBe(0);

        AllBack();
        await HearsOf();
        await Pass(Days(3));
        foreach (var request in requests)
            (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
        everybody.ShouldAllBe(person => !Directory.Has(person, Database));
        (Alarms, Over).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Invariant_4_a_grant_whose_time_is_over_meanwhile_is_not_called_ended_and_its_access_goes_once_it_is_seen()
    {
        var requests = await AllGranted("30m");
        AllGone();
        await Pass(Minutes(40));

        foreach (var request in requests)
        {
            (await GrantOf(request)).ShouldBeOfType<GrantState.Ending>();
            AuditLines.ShouldContain(line => line.Contains("Much is gone from Keycloak at once", StringComparison.Ordinal));
        }

        (await EntitlementOf(Alice)).Retry.ShouldNotBeNull().Why.ShouldBe(Doubt.MuchIsGone);
        AllBack();
        await Pass(Minutes(10));
        foreach (var request in requests)
            (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
    }

    [Fact]
    public async Task What_nobody_restores_within_a_day_is_gone()
    {
        var requests = await AllGranted("3d");
        AllGone();
        await HearsOf();
        Clock.Advance(Disappearances.UntilBelieved - Minutes(30));
        await Work();
        foreach (var request in requests)
            (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();

        Clock.Advance(Hours(1));
        await HearsOf();
        await HearsOf(); // nothing rests any more on what is gone
        foreach (var request in requests)
            (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.PersonGone);
        (Alarms, Over).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Half_of_them_may_leave_on_one_day()
    {
        var requests = await AllGranted("3d");
        Directory.Delete(Alice);
        Directory.Delete(Mallory);
        await HearsOf();

        (await GrantOf(requests[0])).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.PersonGone);
        (await GrantOf(requests[1])).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.PersonGone);
        (await GrantOf(requests[2])).ShouldBeOfType<GrantState.Active>();
        Alarms.ShouldBe(0);
    }

    [Fact]
    public async Task Invariant_10_while_the_others_cannot_be_read_nothing_is_taken_for_gone_and_nobody_is_alarmed()
    {
        var requests = await AllGranted("3d");
        Directory.Delete(Alice);
        Directory.DoubtsPerson = person => person == Alice.Id ? null : Doubt.Away;
        await HearsOf();
        (await GrantOf(requests[0])).ShouldBeOfType<GrantState.Active>();

        Directory.DoubtsPerson = _ => null;
        await Pass(Minutes(6));
        (await GrantOf(requests[0])).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.PersonGone);
        Alarms.ShouldBe(0);
    }

    [Fact]
    public async Task Others_that_may_not_be_read_say_nothing()
    {
        var requests = await AllGranted("3d");
        Directory.Delete(Alice);
        Directory.DoubtsPerson = person => person == Alice.Id ? null : Doubt.Forbidden;
        await HearsOf();

        (await GrantOf(requests[0])).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.PersonGone);
    }

    [Fact]
    public async Task Invariant_10_a_directory_that_is_away_ends_no_alarm_and_the_day_goes_on()
    {
        var requests = await AllGranted("3d");
        AllGone();
        await HearsOf();
        DirectoryIsAway();
        await HearsOf();
        DirectoryIsBack();
        Clock.Advance(Hours(12));
        await HearsOf();
        (Alarms, Over).ShouldBe((1, 0));

        Clock.Advance(Hours(13));
        await HearsOf();
        (await GrantOf(requests[0])).ShouldBeOfType<GrantState.Ended>().Why.ShouldBe(EndReason.PersonGone);
        Alarms.ShouldBe(1);
    }

    [Fact]
    public async Task One_who_can_never_be_read_keeps_no_alarm_up_that_would_let_the_next_loss_through()
    {
        var requests = await AllGranted("30d");
        AllGone();
        await HearsOf();
        AllBack();
        Directory.DoubtsPerson = person => person == Mallory.Id ? Doubt.Away : null;
        await HearsOf();
        (Alarms, Over).ShouldBe((1, 1));

        await Pass(Days(2));
        AllGone();
        await HearsOf();
        Alarms.ShouldBe(2);
        (await GrantOf(requests[0])).ShouldBeOfType<GrantState.Active>();
    }

    [Fact]
    public async Task A_grant_that_was_about_to_be_given_waits_until_what_was_lost_is_back()
    {
        await AllGranted("3d", Alice, Mallory, Carol);
        Directory.Fate = ChangeFate.RequestLost;
        var wanted = await Ask("3d", by: Bob);
        await Vote(wanted, Carol);
        await Work();
        (await GrantOf(wanted)).ShouldBeOfType<GrantState.Started>();

        AllGone();
        await Pass(Minutes(30));
        (await GrantOf(wanted)).ShouldBeOfType<GrantState.Started>();

        AllBack();
        Directory.Fate = ChangeFate.Made;
        await Pass(Minutes(10));
        (await GrantOf(wanted)).ShouldBeOfType<GrantState.Active>();
    }

    private int Alarms => AuditLines.Count(line => line.StartsWith("Most of the people, or of the groups", StringComparison.Ordinal));

    private int Over => AuditLines.Count(line => line.StartsWith("Most of what grants rest on is in Keycloak", StringComparison.Ordinal));

    private async Task<IReadOnlyList<RequestId>> AllGranted(string duration, params IReadOnlyList<PersonRef> to)
    {
        var requests = new List<RequestId>();
        foreach (var person in to is [] ? everybody : to)
        {
            var request = await Ask(duration, by: person);
            await Vote(request, person == Bob ? Carol : Bob);
            await Work();
            (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
            requests.Add(request);
        }

        return requests;
    }

    private void AllGone()
    {
        foreach (var person in everybody)
            Directory.Delete(person);
    }

    private void AllBack()
    {
        foreach (var person in everybody)
            Directory.Add(person, AccountOf(person));
    }

    private async Task HearsOf()
    {
        Clock.Advance(Minutes(1));
        await Follow(Clock.GetUtcNow() - Minutes(2));
        await Work();
    }
}

public sealed class SqliteDisappearanceTests() : DisappearanceTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlDisappearanceTests() : DisappearanceTests(DatabaseKind.PostgreSql);
