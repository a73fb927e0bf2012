using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Claims;
using ChatGovernance.TestSupport.Databases;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>Deliveries that cannot be handled.</summary>
public abstract class GiveUpTests(DatabaseKind kind) : UseCaseTests(kind)
{
    private const string ToldSender = "That did not work";

    private static int Tries => Backoff.TriesOf(WorkKind.Inbox)!.Value;

    private int AuditedAsSetAside => AuditLines.Count(line => line.Contains("could not be handled and was set aside (BugException)", StringComparison.Ordinal));

    [Theory, InlineData(CrashAt.Nowhere), InlineData(CrashAt.BeforeEach), InlineData(CrashAt.AfterEach)]
    public async Task Invariant_7_what_is_set_aside_is_told_to_its_sender_and_the_audit_once_through_a_crash_at_every_commit(CrashAt at)
    {
        CatalogHasABug();
        Commits.At = at;
        await Send();
        await Pass(Hours(1));

        Told(Alice, ToldSender).ShouldBe(1);
        AuditedAsSetAside.ShouldBe(1);
        (await AliceWaits()).ShouldBeFalse();
        (await RequestsOf(Alice)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_could_not_be_set_aside_is_tried_again_after_its_lease_and_nobody_was_told_otherwise()
    {
        // The last try throws, the commit that would set it aside is lost, and then nothing is wrong any more.
        CatalogHasABug(Tries);
        Commits.At = CrashAt.BeforeEach;
        await Send();
        await Pass(Hours(1));

        (await RequestsOf(Alice)).ShouldHaveSingleItem().State.ShouldBeOfType<RequestState.Pending>();
        Told(Alice, ToldSender).ShouldBe(0);
        AuditedAsSetAside.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_set_aside_holds_up_nothing_else_of_its_sender()
    {
        CatalogHasABug(Tries);
        await Send();
        await Send();
        await Pass(Hours(1));

        Told(Alice, ToldSender).ShouldBe(1);
        (await RequestsOf(Alice)).ShouldHaveSingleItem().State.ShouldBeOfType<RequestState.Pending>();
        (await AliceWaits()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_message_on_which_work_throws_again_and_again_is_set_aside_and_the_audit_says_so()
    {
        var bob = new Audience.Person(AccountOf(Bob));
        Chat.OnPost = (audience, _) => audience == bob ? throw new BugException("Of the chat.") : null;
        var request = await Ask();
        await Pass(Hours(1));

        AuditLines.Count(line => line.Contains(nameof(BugException), StringComparison.Ordinal)).ShouldBe(1);
        Told(Alice, "One approver of").ShouldBe(1);
        (await StateOf<RequestState.Pending>(request)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_chat_that_was_away_for_long_does_not_make_one_bug_the_end_of_a_message()
    {
        var bob = new Audience.Person(AccountOf(Bob));
        var away = true;
        var bugs = 1;
        Chat.OnPost = (audience, _) => audience != bob ? null : away ? new Sent.Later(TimeSpan.FromSeconds(30)) : bugs-- > 0 ? throw new BugException("Of the chat.") : null;
        await Ask();
        await Pass(Hours(2));
        away = false;
        await Pass(Hours(1));

        Told(Bob, $"{Alice.Name} asks for {DatabaseName}").ShouldBe(1);
        AuditLines.ShouldNotContain(line => line.Contains(nameof(BugException), StringComparison.Ordinal));
    }

    private Task<bool> AliceWaits() => Store.Inbox.Waits(Subject.Of(AccountOf(Alice)), Ct);
}

public sealed class SqliteGiveUpTests() : GiveUpTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlGiveUpTests() : GiveUpTests(DatabaseKind.PostgreSql);
