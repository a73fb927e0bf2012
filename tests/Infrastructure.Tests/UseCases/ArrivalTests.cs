using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Who could not be reached comes: they are shown what still waits for them, and nothing that is over.</summary>
public abstract class ArrivalTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private static readonly Audience bob = new Audience.Person(AccountOf(Bob));

    [Fact]
    public async Task What_was_given_up_is_shown_while_it_goes_on_and_what_is_over_is_not()
    {
        Chat.OnPost = (audience, _) => audience == bob ? new Sent.Unreachable("blocked") : null;
        var over = await Ask();
        await Press(new Command.CancelRequest(AccountOf(Alice), over), Subject.Of(over));
        await Work();
        var open = await Ask();
        Chat.OnPost = (_, _) => null;

        await Press(new Command.Arrive(AccountOf(Bob)));
        await Work();

        TitlesTo(Bob).Count(title => title.EndsWith($"asks for {DatabaseName}", StringComparison.Ordinal)).ShouldBe(1);
        Told(Bob, "Hello!").ShouldBe(1);
        (await Revived(open)).ShouldBe(1);
        (await Revived(over)).ShouldBe(0);
    }

    [Fact]
    public async Task Whom_the_platform_did_not_know_when_others_were_asked_is_asked_when_they_come()
    {
        Chat.Add(AccountOf(Bob), MemberStanding.Deleted);
        var request = await Ask();
        (await Load(request)).Approvers.Unreachable.ShouldHaveSingleItem();
        TitlesTo(Bob).ShouldBeEmpty();
        Chat.Add(AccountOf(Bob));

        await Press(new Command.Arrive(AccountOf(Bob)));
        await Work();

        TitlesTo(Bob).Count(title => title.EndsWith($"asks for {DatabaseName}", StringComparison.Ordinal)).ShouldBe(1);
        (await Load(request)).Approvers.Unreachable.ShouldBeEmpty();
        await Vote(request, Bob);
        await Work();
        Told(Alice, "Granted").ShouldBe(1);
    }

    /// <summary>They got a chat account, or it was proved to be theirs, and nothing told us.</summary>
    [Fact]
    public async Task Whoever_could_not_be_reached_is_looked_for_again_every_hour_without_being_heard_of()
    {
        Chat.Add(AccountOf(Bob), MemberStanding.Deleted);
        var request = await Ask();
        Chat.Add(AccountOf(Bob));
        Clock.Advance(FollowDirectory.LookAgainEvery - Minutes(1));
        await Follow(Clock.GetUtcNow());
        await Work();
        (await Load(request)).Approvers.Unreachable.ShouldHaveSingleItem();

        Clock.Advance(Minutes(1));
        await Follow(Clock.GetUtcNow());
        await Work();

        (await Load(request)).Approvers.Unreachable.ShouldBeEmpty();
        TitlesTo(Bob).Count(title => title.EndsWith($"asks for {DatabaseName}", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_place_that_a_press_taught_is_kept_when_the_answer_to_the_post_never_comes()
    {
        var request = await Ask();
        var key = new CardKey(Subject.Of(request), bob, CardPurpose.Decide);
        var shown = (await Store.Cards.Find(key, Ct)).ShouldNotBeNull();
        var place = shown.Place.ShouldNotBeNull();
        var attempted = shown with { Place = null, Attempt = new Attempt(Guid.CreateVersion7(Clock.GetUtcNow()), Clock.GetUtcNow()), Shown = 0 };
        await Store.Commits.Commit(new Changes { Lost = [new LostCard(shown.Id, place)] }, Ct);
        await Store.Commits.Commit(new Changes { Card = attempted }, Ct);

        await Store.Commits.Commit(new Changes { Found = [new FoundCard(shown.Id, place)] }, Ct);
        await Store.Commits.Commit(new Changes { Card = attempted with { Failures = 1 } }, Ct);

        var after = (await Store.Cards.Find(key, Ct)).ShouldNotBeNull();
        after.Place.ShouldBe(place);
        after.Attempt.ShouldBeNull();
    }

    private Task<long> Revived(RequestId request) =>
        Sql.CountAsync(Store.Database, $"SELECT COUNT(*) FROM audit WHERE kind = '{AuditKind.MessageRevived}' AND subject = '{Subject.Of(request)}'", Ct);
}

public sealed class SqliteArrivalTests() : ArrivalTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlArrivalTests() : ArrivalTests(DatabaseKind.PostgreSql);
