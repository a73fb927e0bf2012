using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Requests;
using ChatGovernance.Infrastructure.Tests.TestSupport.Databases;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Votes that cannot be checked: kept for a day, then dropped and said so, so that the request can go on.</summary>
public abstract class UncheckedVoteTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Theory]
    [InlineData(nameof(IDirectory.ReadIdentity))]
    [InlineData(nameof(IDirectory.ReadTarget))]
    [InlineData(nameof(IDirectory.FindByAttribute))]
    [InlineData(nameof(IDirectory.IsMember))]
    public async Task A_vote_is_kept_for_a_day_and_then_dropped_with_its_reason_and_the_request_goes_on(string unreadable)
    {
        var request = await Ask();
        Directory.Doubts = call => call == unreadable ? Doubt.Forbidden : null;
        await Vote(request, Bob);
        await Work();
        Clock.Advance(Hours(24) - Minutes(2));
        await Work();
        (await Load(request)).Uncounted.ShouldHaveSingleItem();
        (await Load(request)).HeldUpBy.ShouldBe(Doubt.Forbidden);
        Told(Bob, "Your decision").ShouldBe(0);

        await Pass(Minutes(2));
        var why = new Refusal.NotCheckedInTime(Doubt.Forbidden);
        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBeOfType<VoteState.Dropped>().Why.ShouldBe(why);
        (await StateOf<RequestState.Pending>(request)).ShouldNotBeNull();
        (await Load(request)).HeldUpBy.ShouldBeNull();
        Told(Bob, $"Your decision on {DatabaseName} does not count").ShouldBe(1);
        Chat.To(AccountOf(Bob)).SelectMany(message => message.Message.Lines).ShouldContain(Sentences.For(why));
        AuditLines.Count(line => line.Contains("does not count")).ShouldBe(1);

        DirectoryIsBack();
        await Vote(request, Bob);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
    }

    [Fact]
    public async Task Each_vote_has_its_own_day_and_the_later_one_still_counts()
    {
        var request = await Ask();
        Directory.Doubts = call => call == nameof(IDirectory.FindByAttribute) ? Doubt.Forbidden : null;
        await Vote(request, Bob, Choice.Deny);
        await Work();
        Clock.Advance(Hours(23));
        await Vote(request, Carol);
        await Work();
        Clock.Advance(Hours(1));
        await Work();
        (await Load(request)).Votes.Select(vote => vote.State.GetType()).ShouldBe([typeof(VoteState.Dropped), typeof(VoteState.Cast)]);

        DirectoryIsBack();
        await Pass(Minutes(1));
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Carol);
    }

    [Theory]
    [InlineData(Doubt.Away)]
    [InlineData(Doubt.Unauthorized)]
    public async Task While_the_whole_directory_is_out_a_vote_waits_however_long_it_takes(Doubt doubt)
    {
        Offer(("pending-ttl", "1h"));
        var request = await Ask();
        Directory.Doubts = _ => doubt;
        await Vote(request, Bob);
        for (var day = 0; day < 3; day++)
        {
            await Work();
            Clock.Advance(Hours(24));
        }

        await Work();
        (await Load(request)).Uncounted.ShouldHaveSingleItem();

        DirectoryIsBack();
        await Pass(Minutes(6));
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
    }

    [Fact]
    public async Task Invariant_11_a_vote_that_was_received_in_time_and_stored_a_moment_later_counts()
    {
        Offer(("pending-ttl", "1h"));
        var request = await Ask();
        var lapses = (await StateOf<RequestState.Pending>(request)).LapsesAt;
        Clock.Advance(lapses - Clock.GetUtcNow() + Seconds(1));
        await Work();
        await StateOf<RequestState.Pending>(request);

        await Vote(request, Bob);
        await Sql.ExecuteAsync(Store.Database, $"UPDATE inbox SET received_at = {(lapses - Seconds(1)).UtcTicks} WHERE handled_at IS NULL", Ct);
        await Work();

        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
    }

    [Fact]
    public async Task A_request_lapses_only_when_no_vote_waits_to_be_counted()
    {
        Offer(("pending-ttl", "1h"));
        var request = await Ask();
        Directory.Doubts = _ => Doubt.Forbidden;
        Clock.Advance(Minutes(59));
        await Vote(request, Bob);
        await Work();
        Clock.Advance(Hours(23));
        await Work();
        await StateOf<RequestState.Pending>(request);

        Clock.Advance(Hours(1));
        await Work();
        await StateOf<RequestState.Lapsed>(request);
        Told(Bob, $"Your decision on {DatabaseName} does not count").ShouldBe(1);
        var words = Chat.To(AccountOf(Bob)).SelectMany(message => message.Message.Lines).ToList();
        words.ShouldContain(Sentences.For(new Refusal.NotCheckedInTime(Doubt.Forbidden, TimeIsOver: true)));
        words.ShouldNotContain(line => line.Contains("still open"));
        Told(Alice, "Nobody decided in time").ShouldBe(1);
    }
}

public sealed class SqliteUncheckedVoteTests() : UncheckedVoteTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlUncheckedVoteTests() : UncheckedVoteTests(DatabaseKind.PostgreSql);
