using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>What people do while the directory does not answer, or answers late.</summary>
public abstract class DirectoryAwayTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task With_the_directory_away_requests_are_taken_and_go_on_when_it_is_back()
    {
        DirectoryIsAway();
        var request = await Ask();
        await Pass(Minutes(10));
        (await Load(request)).HeldUpBy.ShouldBe(Core.Doubt.Away);
        Chat.To(AccountOf(Alice)).ShouldHaveSingleItem().Message.Small.ShouldNotBeNull().ShouldContain("Keycloak does not answer");

        DirectoryIsBack();
        await Pass(Minutes(2));
        await StateOf<RequestState.Pending>(request);
        (await Load(request)).HeldUpBy.ShouldBeNull();
    }

    [Fact]
    public async Task A_request_that_the_directory_keeps_waiting_for_a_day_is_refused_visibly()
    {
        DirectoryIsAway();
        var request = await Ask();
        Clock.Advance(Hours(25));
        await Work();

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.DirectoryAwayTooLong(Core.Doubt.Away));
        Told(Alice, "Your request for").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Invariant_11_votes_received_while_the_directory_is_away_count_in_their_order_and_nothing_lapses()
    {
        Offer(("pending-ttl", "1h"));
        var request = await Ask();
        DirectoryIsAway();
        await Pass(Minutes(59));
        await Vote(request, Carol, Choice.Deny);
        await Vote(request, Bob);
        await Pass(Minutes(15));
        await StateOf<RequestState.Pending>(request);
        Chat.To(AccountOf(Bob)).ShouldAllBe(message => !message.Message.Title.Contains(Carol.Name));

        DirectoryIsBack();
        await Pass(Minutes(2));
        (await StateOf<RequestState.Denied>(request)).By.ShouldBe(Carol);
    }

    [Fact]
    public async Task A_vote_received_in_time_and_taken_up_late_keeps_the_request_from_lapsing()
    {
        Offer(("pending-ttl", "1h"));
        var request = await Ask();
        Clock.Advance(Minutes(59));
        await Vote(request, Bob);
        var taken = (await Store.Claim(WorkKind.Inbox, 1, Minutes(10), Ct)).ShouldHaveSingleItem();
        Clock.Advance(Minutes(2));
        await Work();
        await StateOf<RequestState.Pending>(request);

        await Store.Claims.Release(taken, Clock.GetUtcNow(), Ct);
        await Pass(Minutes(1));
        await StateOf<RequestState.Approved>(request);
    }
}

public sealed class SqliteDirectoryAwayTests() : DirectoryAwayTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlDirectoryAwayTests() : DirectoryAwayTests(DatabaseKind.PostgreSql);
