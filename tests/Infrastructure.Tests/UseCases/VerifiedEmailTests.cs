using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport.Databases;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Infrastructure.Tests.UseCases;

/// <summary>
/// Who somebody is by the address that chat has confirmed and the directory has verified, asked beside the attribute;
/// where guests are served otherwise.
/// </summary>
public abstract class VerifiedEmailTests(DatabaseKind kind) : UseCaseTests(kind, new PeopleOptions
{
    Sources = [IdentitySource.Attribute, IdentitySource.VerifiedEmail],
    GuestsOn = new HashSet<ChatPlatform> { ChatPlatform.Slack },
})
{
    private const string Address = "alice@example.org";

    [Theory, InlineData(Address), InlineData("Alice@Example.ORG")]
    public async Task Exactly_one_person_with_the_address_whatever_its_case_is_proved(string confirmed)
    {
        Without(Alice, Address);
        Chat.Add(AccountOf(Alice), email: confirmed);
        (await StateOf<RequestState.Pending>(await Ask())).ShouldNotBeNull();
        (await Store.Matches.Of(AccountOf(Alice), Ct)).ShouldHaveSingleItem().Proof.ShouldBe(IdentitySource.VerifiedEmail);
    }

    [Theory]
    [InlineData("other@example.org", Address)] // nobody has it
    [InlineData(null, Address)] // the directory has not verified it
    [InlineData(Address, null)] // the platform has not confirmed it
    [InlineData(null, null)]
    public async Task No_person_with_the_address_is_nobody(string? verified, string? confirmed)
    {
        Without(Alice, verified);
        Chat.Add(AccountOf(Alice), email: confirmed);
        (await StateOf<RequestState.Refused>(await Ask())).Why.ShouldBe(new Refusal.NotLinked(AccountOf(Alice)));
    }

    [Fact]
    public async Task Two_people_with_the_address_prove_nothing()
    {
        Without(Alice, Address);
        Without(Mallory, Address);
        Chat.Add(AccountOf(Alice), email: Address);
        (await StateOf<RequestState.Refused>(await Ask())).Why.ShouldBe(new Refusal.SeveralPeople(AccountOf(Alice)));
    }

    [Fact]
    public async Task A_guest_is_never_proved_by_an_address()
    {
        Without(Alice, Address);
        Chat.Add(AccountOf(Alice), MemberStanding.Guest, Address);
        (await StateOf<RequestState.Refused>(await Ask())).Why.ShouldBe(new Refusal.NotLinked(AccountOf(Alice)));
    }

    [Fact]
    public async Task Two_sources_that_name_different_people_prove_nothing()
    {
        Without(Mallory, Address);
        Chat.Add(AccountOf(Alice), email: Address);
        (await StateOf<RequestState.Refused>(await Ask())).Why.ShouldBe(new Refusal.SeveralPeople(AccountOf(Alice)));
    }

    [Fact]
    public async Task Two_sources_that_name_the_same_person_prove_it_by_the_first()
    {
        Directory.Change(Alice, person => person with { VerifiedEmail = Address });
        Chat.Add(AccountOf(Alice), email: Address);
        await StateOf<RequestState.Pending>(await Ask());
        (await Store.Matches.Of(AccountOf(Alice), Ct)).ShouldHaveSingleItem().Proof.ShouldBe(IdentitySource.Attribute);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Invariant_10_while_the_directory_does_not_say_nothing_is_proved_whatever_the_other_source_says(bool byAttributeToo)
    {
        if (byAttributeToo)
            Directory.Change(Alice, person => person with { VerifiedEmail = Address });
        else
            Without(Alice, Address);
        Chat.Add(AccountOf(Alice), email: Address);
        Directory.Doubts = call => call == nameof(IDirectory.FindByVerifiedEmail) ? Doubt.Away : null;
        var request = await Ask();
        await StateOf<RequestState.Received>(request);
        (await Load(request)).HeldUpBy.ShouldBe(Doubt.Away);

        DirectoryIsBack();
        await Pass(Minutes(1));
        await StateOf<RequestState.Pending>(request);
    }

    [Fact]
    public async Task An_approver_is_found_by_the_address_and_decides()
    {
        Without(Bob, "bob@example.org");
        Chat.Add(AccountOf(Bob), email: "bob@example.org");
        var request = await Ask();
        Chat.To(AccountOf(Bob)).ShouldHaveSingleItem();

        await Vote(request, Bob);
        await Work();
        (await StateOf<RequestState.Approved>(request)).By.ShouldBe(Bob);
        (await Load(request)).Votes.ShouldHaveSingleItem().State.ShouldBeOfType<VoteState.Counted>().Proof.ShouldBe(IdentitySource.VerifiedEmail);
    }

    private void Without(PersonRef attribute, string? verified) => Directory.Change(attribute, person => person with
    {
        Attributes = new Dictionary<string, IReadOnlyList<string>>(),
        VerifiedEmail = verified,
    });
}

public sealed class SqliteVerifiedEmailTests() : VerifiedEmailTests(DatabaseKind.Sqlite);

public sealed class PostgreSqlVerifiedEmailTests() : VerifiedEmailTests(DatabaseKind.PostgreSql);
