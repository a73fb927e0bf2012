using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Builders;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>What a request is refused for before anybody is asked.</summary>
public abstract class RefusalTests(DatabaseKind kind) : UseCaseTests(kind)
{
    [Fact]
    public Task Somebody_whose_account_is_connected_to_nobody() => IsRefused(
        () => Directory.Change(Alice, person => person with { Attributes = new Dictionary<string, IReadOnlyList<string>>() }), new Refusal.NotLinked(AccountOf(Alice), ByLogin: true));

    [Fact]
    public Task Somebody_whose_account_fits_several_people() => IsRefused(
        () => Directory.Add(Mallory, AccountOf(Mallory), AccountOf(Alice)), new Refusal.SeveralPeople(AccountOf(Alice)));

    [Theory, InlineData(MemberStanding.Guest), InlineData(MemberStanding.Bot), InlineData(MemberStanding.Deleted), InlineData(MemberStanding.Foreign)]
    public Task Somebody_who_is_no_full_member(MemberStanding standing) => IsRefused(
        () => Chat.Add(AccountOf(Alice), standing), new Refusal.ChatAccountNotServed(standing));

    [Fact]
    public Task Somebody_who_is_disabled() => IsRefused(
        () => Directory.Change(Alice, person => person with { Enabled = false }), new Refusal.PersonDisabled());

    [Fact]
    public Task A_service_account() => IsRefused(
        () => Directory.Change(Alice, person => person with { IsServiceAccount = true }), new Refusal.NotAHuman());

    [Fact]
    public Task A_target_that_is_gone() => IsRefused(() => Directory.Delete(Database), new Refusal.TargetGone());

    [Fact]
    public Task A_target_that_is_not_offered() => IsRefused(() => Directory.Add(Targets.ABareTarget()), new Refusal.NotOffered());

    [Fact]
    public Task A_target_that_administers_the_realm() => IsRefused(
        () => Directory.Add(Targets.ATarget() with { Privileges = new Privileges(["realm-management/realm-admin"], Administrative: true) }), new Refusal.Administrative());

    [Fact]
    public Task More_time_than_the_rule_allows() => IsRefused(() => Directory.Add(Targets.ATarget(("max-duration", "1h"))), new Refusal.TooLong(Hours(1)));

    [Fact]
    public Task A_ticket_that_is_missing() => IsRefused(() => Directory.Add(Targets.ATarget(("ticket-pattern", "OPS-[0-9]+"))), new Refusal.TicketMissing());

    [Fact]
    public async Task Somebody_who_is_not_eligible()
    {
        Directory.Add(OwnerGroup, Bob);
        var request = await AskWith(() => Directory.Add(Targets.ATarget(("eligible-group", OwnerGroup.Path))));
        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.NotEligible>().Groups.ShouldBe([OwnerGroup.Path]);
    }

    [Fact]
    public async Task Nobody_but_the_requester_who_could_decide()
    {
        var request = await AskWith(() => Directory.Add(ApproverGroup, Alice));
        (await NobodyMayDecide(request)).ShouldBe(NoDecider.OnlyOwn);
        Chat.To(AccountOf(Alice)).SelectMany(message => message.Message.Lines).ShouldContain(line => line.StartsWith($"Nobody but you has an enabled account in {ApproverGroup.Path}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_group_of_approvers_is_called_empty()
    {
        var request = await AskWith(() => Directory.Add(ApproverGroup));
        (await NobodyMayDecide(request)).ShouldBe(NoDecider.NoMembers);
        Chat.To(AccountOf(Alice)).SelectMany(message => message.Message.Lines).ShouldContain(line => line.StartsWith($"Nobody belongs to {ApproverGroup.Path}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Approvers_who_are_all_disabled_are_called_that()
    {
        var request = await AskWith(() =>
        {
            foreach (var approver in new[] { Bob, Carol })
                Directory.Change(approver, person => person with { Enabled = false });
        });
        (await NobodyMayDecide(request)).ShouldBe(NoDecider.NoneActive);
        Chat.To(AccountOf(Alice)).SelectMany(message => message.Message.Lines).ShouldContain(line => line.StartsWith($"Nobody in {ApproverGroup.Path} has an enabled account", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_who_could_be_reached()
    {
        var request = await AskWith(() =>
        {
            foreach (var approver in new[] { Bob, Carol })
                Directory.Change(approver, person => person with { Attributes = new Dictionary<string, IReadOnlyList<string>>() });
        });
        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.NobodyReachable>().Approvers.ShouldBe([Bob.Name, Carol.Name]);
    }

    [Theory]
    [InlineData("approver-group", "/nowhere")]
    [InlineData("risk", "huge")]
    [InlineData("max-duration", "soon")]
    public async Task A_rule_that_cannot_be_read_or_enforced(string name, string value)
    {
        var request = await AskWith(() => Directory.Add(Targets.ATarget((name, value))));
        (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.Unusable>();
    }

    [Fact]
    public async Task An_approver_who_cannot_be_reached_is_named_to_the_requester_and_in_the_audit()
    {
        Directory.Change(Carol, person => person with { Attributes = new Dictionary<string, IReadOnlyList<string>>() });
        var request = await Ask();

        await StateOf<RequestState.Pending>(request);
        Chat.To(AccountOf(Alice)).Single().Message.Lines.ShouldContain($"Cannot be reached in chat: {Carol.Name}.");
        AuditLines.ShouldContain(line => line.StartsWith($"{Carol.Name} may decide, but", StringComparison.Ordinal));
    }

    private async Task<NoDecider> NobodyMayDecide(RequestId request) => (await StateOf<RequestState.Refused>(request)).Why.ShouldBeOfType<Refusal.NobodyMayDecide>().Because;

    private async Task IsRefused(Action because, Refusal why)
    {
        var request = await AskWith(because);

        (await StateOf<RequestState.Refused>(request)).Why.ShouldBe(why);
        Chat.To(AccountOf(Bob)).ShouldBeEmpty();
        Directory.ChangesSent.ShouldBe(0);
        Chat.To(AccountOf(Alice)).SelectMany(message => message.Message.Lines).ShouldContain(Sentences.For(why));
        AuditLines.ShouldContain(line => line.StartsWith("The request was refused:", StringComparison.Ordinal));
    }

    private Task<RequestId> AskWith(Action because)
    {
        because();
        return Ask();
    }
}

public sealed class SqliteRefusalTests() : RefusalTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlRefusalTests() : RefusalTests(DatabaseKind.PostgreSql);
