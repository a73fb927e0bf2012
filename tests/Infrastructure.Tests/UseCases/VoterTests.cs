using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Whose vote counts.</summary>
public abstract class VoterTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public async Task Invariant_2_the_requesters_own_vote_does_not_count()
    {
        Directory.Add(ApproverGroup, Alice, Bob);
        var request = await Ask();
        TitlesTo(Alice).ShouldNotContain(title => title.Contains("asks for"));

        await Vote(request, Alice);
        await Work();

        await StateOf<RequestState.Pending>(request);
        Chat.To(AccountOf(Alice)).SelectMany(message => message.Message.Lines).ShouldContain(line => line.Contains("Nobody decides on their own request"));
    }

    [Fact]
    public async Task Invariant_2_neither_does_a_vote_of_another_account_of_the_same_human()
    {
        var both = new Dictionary<string, IReadOnlyList<string>> { [Person.PersonIdAttribute] = ["4711"] };
        Directory.Change(Alice, person => person with { Attributes = new Dictionary<string, IReadOnlyList<string>>([.. person.Attributes, .. both]) });
        Directory.Change(Bob, person => person with { Attributes = new Dictionary<string, IReadOnlyList<string>>([.. person.Attributes, .. both]) });
        var request = await Ask();

        await Vote(request, Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBeOfType<VoteState.Dropped>().Why.ShouldBe(new Refusal.OwnRequest());
    }

    [Fact]
    public async Task Invariant_2_neither_does_a_vote_of_an_account_that_the_same_chat_account_was_once_matched_to()
    {
        var request = await Ask();
        await Store.Commits.Commit(new Changes { Matches = [new Match(AccountOf(Alice), Bob, "attribute", Clock.GetUtcNow())] }, Ct);

        await Vote(request, Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
    }

    [Fact]
    public async Task Invariant_9_a_click_of_somebody_who_is_no_approver_decides_nothing_whatever_they_saw()
    {
        var request = await Ask();
        await Vote(request, Mallory);
        await Work();

        await StateOf<RequestState.Pending>(request);
        Chat.To(AccountOf(Mallory)).SelectMany(message => message.Message.Lines).ShouldContain(line => line.Contains("not among the people who decide"));
    }

    [Fact]
    public async Task An_approver_who_left_meanwhile_does_not_decide_and_one_who_joined_does()
    {
        var request = await Ask();
        Directory.Leave(ApproverGroup, Bob);
        await Vote(request, Bob);
        await Work();
        await StateOf<RequestState.Pending>(request);

        Directory.Add(ApproverGroup, Mallory);
        await Vote(request, Mallory);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Mallory);
    }

    [Fact]
    public async Task What_speaks_against_the_request_is_not_said_to_approvers_as_if_it_spoke_against_them()
    {
        var request = await Ask();
        DirectoryIsAway();
        await Vote(request, Bob);
        await Vote(request, Carol);
        await Work();
        Directory.Change(Alice, person => person with { Enabled = false });
        DirectoryIsBack();
        await Pass(Minutes(2));

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(new Refusal.PersonDisabled());
        foreach (var approver in new[] { Bob, Carol })
        {
            Told(approver, $"Your decision on {DatabaseName} does not count").ShouldBe(0);
            Chat.To(AccountOf(approver)).Single(message => message.Message.Title == $"Your decision on {DatabaseName} is not needed any more")
                .Message.Lines.ShouldBe([$"The request was refused. Why {Alice.Name} cannot have it: {Sentences.For(new Refusal.PersonDisabled())}"]);
        }

        AuditLines.Count(line => line.Contains("does not count") && line.Contains("already closed (refused)")).ShouldBe(2);
    }

    [Fact]
    public async Task A_disabled_approver_does_not_decide()
    {
        var request = await Ask();
        Directory.Change(Bob, person => person with { Enabled = false });
        await Vote(request, Bob);
        await Work();

        await StateOf<RequestState.Pending>(request);
    }
}

public sealed class SqliteVoterTests() : VoterTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlVoterTests() : VoterTests(DatabaseKind.PostgreSql);
