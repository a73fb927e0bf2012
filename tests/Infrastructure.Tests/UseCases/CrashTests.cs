using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>The process dies around every single commit of a whole life: nothing is lost, and nothing is done or said twice.</summary>
public abstract class CrashTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Theory, InlineData(CrashAt.AfterEach), InlineData(CrashAt.BeforeEach)]
    public async Task Invariants_1_4_6_7_an_approved_request_lives_through_a_crash_at_every_commit(CrashAt at)
    {
        Commits.At = at;
        var request = await AskAndApprove("8h");
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
        await Pass(Hours(1));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Active>();
        Directory.Has(Alice, Database).ShouldBeTrue();

        await Pass(Hours(9));
        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.Removed);
        Directory.Has(Alice, Database).ShouldBeFalse();
        NothingIsSaidTwice();
        Told(Alice, "Granted").ShouldBe(1);
        Told(Alice, $"Your access to {DatabaseName} ends in").ShouldBe(1);
        Told(Alice, $"Your access to {DatabaseName} has ended").ShouldBe(1);
        AuditLines.Count(line => line.StartsWith("Decision: approved", StringComparison.Ordinal)).ShouldBe(1);
        AuditLines.Count(line => line.StartsWith("Granted", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory, InlineData(CrashAt.AfterEach), InlineData(CrashAt.BeforeEach)]
    public async Task Invariant_1_a_denied_request_has_one_outcome_through_a_crash_at_every_commit(CrashAt at)
    {
        Commits.At = at;
        var request = await Ask();
        await Vote(request, Bob, Choice.Deny, "No.");
        await Vote(request, Carol);
        await Pass(Hours(1));

        (await StateOf<RequestState.Denied>(request)).By.ShouldBe(Bob);
        Directory.ChangesSent.ShouldBe(0);
        NothingIsSaidTwice();
        AuditLines.Count(line => line.StartsWith("Decision:", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory, InlineData(CrashAt.AfterEach), InlineData(CrashAt.BeforeEach)]
    public async Task Invariant_5_what_was_held_before_stays_through_a_crash_at_every_commit(CrashAt at)
    {
        Directory.GiveOutside(Alice, Database);
        Commits.At = at;
        var request = await AskAndApprove("8h");
        await Pass(Hours(10));

        (await GrantOf(request)).ShouldBeOfType<GrantState.Ended>().Outcome.ShouldBe(EndOutcome.KeptHeldBefore);
        Directory.ChangesSent.ShouldBe(0);
        Directory.Has(Alice, Database).ShouldBeTrue();
    }

    /// <summary>One message for each key and reader, and no two that say the same to one reader.</summary>
    private void NothingIsSaidTwice()
    {
        Chat.Messages.Select(message => message.Key).ShouldBeUnique();
        foreach (var reader in Chat.Messages.GroupBy(message => message.Audience))
            reader.Select(message => $"{message.Message.Title} {message.Message.Small}").ShouldBeUnique();
    }
}

public sealed class SqliteCrashTests() : CrashTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlCrashTests() : CrashTests(DatabaseKind.PostgreSql);
