using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Two workers that have both loaded the request before either saves, on two connections of one database.</summary>
public abstract class AtOnceTests(DatabaseKind kind) : UseCaseTests(kind)
{
    public enum Saves
    {
        First,
        Second,
        AtOnce,
    }

    public static TheoryData<Choice, Saves> Races => new MatrixTheoryData<Choice, Saves>(Enum.GetValues<Choice>(), Enum.GetValues<Saves>());

    [Theory, MemberData(nameof(Races))]
    public async Task Invariant_1_two_votes_that_are_recorded_at_once_are_both_kept_and_have_one_outcome(Choice second, Saves order)
    {
        var request = await Ask();
        // The inbox takes up clicks on one request one after another; these come by way of two subjects.
        var bobs = await Clicked(request, Bob, Choice.Approve);
        var carols = await Clicked(request, Carol, second);
        await Race(bobs, carols, order);
        (await Load(request)).Votes.Select(vote => vote.Caster).ShouldBe([AccountOf(Bob), AccountOf(Carol)], ignoreOrder: true);

        await Work();
        await HasOneOutcome(request, (await Load(request)).Votes[0].Caster == AccountOf(Bob) ? (Bob, Choice.Approve, Carol) : (Carol, second, Bob));
    }

    [Theory, MemberData(nameof(Races))]
    public async Task Invariant_1_a_vote_that_is_recorded_while_another_is_counted_has_no_second_outcome(Choice second, Saves order)
    {
        var request = await Ask();
        var bobs = await Clicked(request, Bob, Choice.Approve);
        await Workers.Run(bobs, Ct);
        var counting = await Workers.Claim(WorkKind.Request, Ct);
        var carols = await Clicked(request, Carol, second);
        await Race(counting, carols, order);

        await Work();
        await HasOneOutcome(request, (Bob, Choice.Approve, Carol));
    }

    [Theory, MemberData(nameof(Races))]
    public async Task Invariant_1_two_workers_that_count_the_same_votes_have_one_outcome(Choice second, Saves order)
    {
        var request = await Ask();
        await Workers.Run(await Clicked(request, Bob, Choice.Approve), Ct);
        await Workers.Run(await Clicked(request, Carol, second), Ct);

        // The first worker is held up in the directory until its lease is over and another one has taken the request up.
        Turnstile[] inDirectory = [new(), new()];
        var come = 0;
        Directory.BeforeAnswer = call => call == nameof(IDirectory.ReadIdentity) && come < 2 ? inDirectory[come++].Pass() : Task.CompletedTask;
        var slow = await Start(inDirectory[0], await Workers.Claim(WorkKind.Request, Ct));
        Clock.Advance(Minutes(1));
        var other = await Start(inDirectory[1], await Workers.Claim(WorkKind.Request, Ct));
        await Open(order, (inDirectory[0], slow), (inDirectory[1], other));

        await Work();
        await HasOneOutcome(request, (Bob, Choice.Approve, Carol));
    }

    [Theory, InlineData(Saves.First), InlineData(Saves.Second), InlineData(Saves.AtOnce)]
    public async Task Invariant_1_a_vote_and_a_lapse_at_once_have_one_outcome_and_the_voter_is_told(Saves order)
    {
        Offer(("pending-ttl", "1h"));
        var request = await Ask();
        Clock.Advance((await StateOf<RequestState.Pending>(request)).OverAt - Clock.GetUtcNow());
        Turnstile lapse = new(), vote = new();
        var lapsing = await Workers.Claim(WorkKind.Request, Ct);
        Commits.Before = changes => changes.Under == lapsing ? lapse.Pass() : Task.CompletedTask;
        var lapses = await Start(lapse, lapsing);

        // Received in time, and stored just after the other one looked whether any vote waits.
        Clock.Advance(-Seconds(6));
        var voting = await Clicked(request, Bob, Choice.Approve);
        Clock.Advance(Seconds(6));
        Commits.Before = changes => changes.Under == lapsing ? lapse.Pass() : changes.Under == voting ? vote.Pass() : Task.CompletedTask;
        var votes = await Start(vote, voting);
        await Open(order, (lapse, lapses), (vote, votes));
        await Work();

        var outcome = (await Load(request)).State;
        if (order == Saves.First)
            outcome.ShouldBeOfType<RequestState.Lapsed>();
        else if (order == Saves.Second)
            outcome.ShouldBeOfType<RequestState.Approved>();
        else
            (outcome is RequestState.Lapsed or RequestState.Approved).ShouldBeTrue();
        var approved = outcome is RequestState.Approved;
        Directory.Has(Alice, Database).ShouldBe(approved);
        AuditLines.Count(line => line.StartsWith("Decision:", StringComparison.Ordinal)).ShouldBe(approved ? 1 : 0);
        AuditLines.Count(line => line.Contains("the request has lapsed")).ShouldBe(approved ? 0 : 1);
        Told(Bob, $"{DatabaseName}: your click changed nothing").ShouldBe(approved ? 0 : 1);
        Told(Alice, "Nobody decided in time").ShouldBe(approved ? 0 : 1);
    }

    [Theory, InlineData(Saves.First), InlineData(Saves.Second), InlineData(Saves.AtOnce)]
    public async Task Invariant_1_an_approval_that_is_counted_while_the_request_is_cancelled_has_one_outcome(Saves order)
    {
        var request = await Ask();
        await Workers.Run(await Clicked(request, Bob, Choice.Approve), Ct);
        var counting = await Workers.Claim(WorkKind.Request, Ct);
        await Press(new Command.CancelRequest(AccountOf(Alice), request));
        await Race(counting, await Workers.Claim(WorkKind.Inbox, Ct), order);
        await Work();

        var outcome = (await Load(request)).State;
        if (order == Saves.First)
            outcome.ShouldBeOfType<RequestState.Approved>();
        else if (order == Saves.Second)
            outcome.ShouldBeOfType<RequestState.Cancelled>();
        else
            (outcome is RequestState.Approved or RequestState.Cancelled).ShouldBeTrue();
        var approved = outcome is RequestState.Approved;
        Directory.Has(Alice, Database).ShouldBe(approved);
        AuditLines.Count(line => line.StartsWith("Decision:", StringComparison.Ordinal)).ShouldBe(approved ? 1 : 0);
        AuditLines.Count(line => line.StartsWith("Cancelled by", StringComparison.Ordinal)).ShouldBe(approved ? 0 : 1);
        Told(Alice, $"{DatabaseName}: your click changed nothing").ShouldBe(approved ? 1 : 0);
        Told(Bob, $"Your decision on {DatabaseName} does not count").ShouldBe(approved ? 0 : 1);
    }

    /// <summary>A click, claimed by a worker of its own.</summary>
    private async Task<Lease> Clicked(RequestId request, PersonRef by, Choice choice)
    {
        await Press(new Command.CastVote(AccountOf(by), request, choice, null));
        return await Workers.Claim(WorkKind.Inbox, Ct);
    }

    /// <summary>Both come to their first commit, having loaded and decided; then they save in this order.</summary>
    private async Task Race(Lease first, Lease second, Saves order)
    {
        Turnstile one = new(), two = new();
        Commits.Before = changes => changes.Under == first ? one.Pass() : changes.Under == second ? two.Pass() : Task.CompletedTask;
        var (left, right) = (await Start(one, first), await Start(two, second));
        await Open(order, (one, left), (two, right));
    }

    private async Task<Task> Start(Turnstile until, Lease lease)
    {
        var work = Task.Run(() => Workers.Run(lease, Ct), Ct);
        await until.HasArrived(work);
        return work;
    }

    private static async Task Open(Saves order, (Turnstile At, Task Work) first, (Turnstile At, Task Work) second)
    {
        if (order == Saves.Second)
            (first, second) = (second, first);
        first.At.Open();
        if (order != Saves.AtOnce)
            await first.Work;
        second.At.Open();
        await Task.WhenAll(first.Work, second.Work);
    }

    private async Task HasOneOutcome(RequestId request, (PersonRef By, Choice Choice, PersonRef Other) decided)
    {
        var approved = decided.Choice == Choice.Approve;
        var state = (await Load(request)).State;
        (state is RequestState.Approved yes ? yes.By : state.ShouldBeOfType<RequestState.Denied>().By).ShouldBe(decided.By);
        (state is RequestState.Approved).ShouldBe(approved);

        Directory.ChangesSent.ShouldBe(approved ? 1 : 0);
        Directory.Has(Alice, Database).ShouldBe(approved);
        AuditLines.Count(line => line.StartsWith("Decision:", StringComparison.Ordinal)).ShouldBe(1);
        AuditLines.Count(line => line.Contains(" decides: ")).ShouldBe(1);
        var told = $"This request was already {(approved ? "approved" : "denied")} by {decided.By.Name}.";
        Chat.To(AccountOf(decided.Other)).SelectMany(message => message.Message.Lines).Count(line => line.StartsWith(told, StringComparison.Ordinal)).ShouldBe(1);
        Chat.To(AccountOf(decided.By)).ShouldHaveSingleItem();
    }
}

public sealed class SqliteAtOnceTests() : AtOnceTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlAtOnceTests() : AtOnceTests(DatabaseKind.PostgreSql);
