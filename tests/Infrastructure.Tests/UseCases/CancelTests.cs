using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Who asked withdraws.</summary>
public abstract class CancelTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task A_cancelled_request_cannot_be_decided_any_more_and_every_copy_says_so()
    {
        var request = await Ask();
        Chat.To(AccountOf(Alice)).ShouldHaveSingleItem().Message.Actions.Select(action => action.Label).ShouldContain("Cancel request");
        await Cancel(request);
        await Vote(request, Bob);
        await Work();

        (await StateOf<RequestState.Cancelled>(request)).By.ShouldBe(Alice);
        Directory.ChangesSent.ShouldBe(0);
        foreach (var person in new[] { Alice, Bob, Carol })
        {
            var card = Chat.To(AccountOf(person))[0].Message;
            card.Title.ShouldContain($"Cancelled by {Alice.Name}");
            card.Actions.ShouldBeEmpty();
        }

        Told(Bob, $"{DatabaseName}: your click changed nothing").ShouldBe(1);
        AuditLines.ShouldContain($"Cancelled by who asked ({Alice.Name}).");
    }

    [Fact]
    public async Task A_request_is_cancelled_while_the_directory_is_away()
    {
        DirectoryIsAway();
        var request = await Ask();
        await Cancel(request);
        await Work();
        DirectoryIsBack();
        await Pass(Minutes(5));

        (await StateOf<RequestState.Cancelled>(request)).By.ShouldBeNull();
        Chat.To(AccountOf(Bob)).ShouldBeEmpty();
        AuditLines.ShouldContain($"Cancelled by who asked ({AccountOf(Alice)}).");
    }

    [Fact]
    public async Task Cancelling_answers_whoever_has_decided_and_waits_for_the_check()
    {
        var request = await Ask();
        DirectoryIsAway();
        await Vote(request, Bob);
        await Work();
        await Cancel(request);
        await Work();
        DirectoryIsBack();
        await Pass(Hours(1));

        await StateOf<RequestState.Cancelled>(request);
        Directory.Has(Alice, Database).ShouldBeFalse();
        Told(Bob, $"Your decision on {DatabaseName} does not count").ShouldBe(1);
    }

    [Fact]
    public async Task What_is_cancelled_can_be_asked_for_again()
    {
        await Cancel(await Ask());
        await Work();
        var again = await AskAndApprove();

        await StateOf<RequestState.Approved>(again);
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_else_cancels_a_request()
    {
        var request = await Ask();
        await Cancel(request, by: Mallory);
        await Cancel(request, by: Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
        Told(Mallory, $"{DatabaseName}: your click changed nothing").ShouldBe(1);
        Told(Bob, $"{DatabaseName}: your click changed nothing").ShouldBe(1);
    }

    [Fact]
    public async Task Invariant_1_cancelling_after_the_outcome_changes_nothing_and_says_so()
    {
        var request = await AskAndApprove();
        await Cancel(request);
        await Work();

        await StateOf<RequestState.Approved>(request);
        Directory.Has(Alice, Database).ShouldBeTrue();
        Told(Alice, $"{DatabaseName}: your click changed nothing").ShouldBe(1);
    }

    [Fact]
    public async Task Cancelling_an_unknown_request_is_answered_and_recorded()
    {
        await Cancel(new RequestId(KnownIds.Number(999)));
        await Work();

        Told(Alice, "This request: your click changed nothing").ShouldBe(1);
        AuditLines.ShouldContain(line => line.Contains("the cancellation of an unknown request"));
    }

    [Theory, InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task Invariant_1_a_request_is_cancelled_once_through_a_crash_at_every_commit(CrashAt at)
    {
        var request = await Ask();
        Commits.At = at;
        await Cancel(request);
        await Work();

        await StateOf<RequestState.Cancelled>(request);
        AuditLines.Count(line => line.StartsWith("Cancelled by", StringComparison.Ordinal)).ShouldBe(1);
    }

    private Task Cancel(RequestId request, Core.People.PersonRef? by = null) => Press(new Command.CancelRequest(AccountOf(by ?? Alice), request), Subject.Of(request));
}

public sealed class SqliteCancelTests() : CancelTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlCancelTests() : CancelTests(DatabaseKind.PostgreSql);
