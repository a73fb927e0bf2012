using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>
/// Somebody else saves first, again and again: after three times the work goes back to the queue, nothing of it is lost, and
/// it is done a moment later.
/// </summary>
public abstract class ConflictTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private const int AtMost = 3;

    private int conflicts;

    [Fact]
    public async Task A_click_that_somebody_always_comes_before_waits_its_turn_and_is_recorded_once()
    {
        var request = await Ask();
        Disturb(WorkKind.Inbox, () => SaveAgain(request));
        await Vote(request, Bob);
        await Work();

        conflicts.ShouldBe(AtMost);
        (await Load(request)).Votes.ShouldBeEmpty();
        (await Store.Inbox.Waits(Subject.Of(request), Ct)).ShouldBeTrue();

        await Pass(Seconds(1));
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
        (await Load(request)).Votes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_count_that_somebody_always_comes_before_waits_its_turn_and_has_one_outcome()
    {
        var request = await Ask();
        Disturb(WorkKind.Request, () => SaveAgain(request));
        await Vote(request, Bob);
        await Work();

        conflicts.ShouldBe(AtMost);
        (await Load(request)).Uncounted.ShouldHaveSingleItem();
        await StateOf<RequestState.Pending>(request);

        await Pass(Seconds(1));
        await StateOf<RequestState.Approved>(request);
        AuditLines.Count(line => line.StartsWith("Decision:", StringComparison.Ordinal)).ShouldBe(1);
        Directory.ChangesSent.ShouldBe(1);
    }

    [Fact]
    public async Task A_grant_that_somebody_always_comes_before_waits_its_turn_and_is_made_once()
    {
        var request = await Ask();
        Disturb(WorkKind.Entitlement, async () =>
        {
            var loaded = (await Store.Entitlements.Find(Alice.Id, Database, Ct)).ShouldNotBeNull();
            await Store.Commits.Commit(new Changes { Entitlement = loaded }, Ct);
        });
        await Vote(request, Bob);
        await Work();

        conflicts.ShouldBe(AtMost);
        (await GrantOf(request)).ShouldBeOfType<GrantState.Waiting>();
        Directory.ChangesSent.ShouldBe(0);

        await Pass(Seconds(1));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Directory.ChangesSent.ShouldBe(1);
        Told(Alice, "Granted").ShouldBe(1);
    }

    /// <summary>Somebody saves the same thing just before each of the first saves of this kind.</summary>
    private void Disturb(WorkKind work, Func<Task> disturb) => Commits.Before = async changes =>
    {
        var saves = work == WorkKind.Entitlement ? changes.Entitlement is not null : changes.Request is not null;
        if (changes.Under?.Kind != work || !saves || conflicts == AtMost)
            return;
        conflicts++;
        await disturb();
    };

    private async Task SaveAgain(RequestId request) =>
        (await Store.Commits.Commit(new Changes { Request = await Store.Requests.Load(request, Ct) }, Ct)).ShouldBe(CommitResult.Saved);
}

public sealed class SqliteConflictTests() : ConflictTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlConflictTests() : ConflictTests(DatabaseKind.PostgreSql);
