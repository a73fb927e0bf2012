using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Fakes;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.People;

/// <summary>Bob is in the security group, Carol an administrator, Alice neither.</summary>
public sealed class StaffTests
{
    private static readonly GroupRef security = new(new GroupId("g-security"), "/security");
    private static readonly GroupRef administrators = new(new GroupId("g-administrators"), "/administrators");

    private readonly FakeDirectory directory = new(new ManualClock());
    private readonly FakeChat chat = new();

    public StaffTests()
    {
        foreach (var person in new[] { Alice, Bob, Carol })
        {
            directory.Add(person, AccountOf(person));
            chat.Add(AccountOf(person));
        }

        directory.Add(security, Bob);
        directory.Add(administrators, Carol);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_of_the_groups_hold_the_offices_and_nobody_else()
    {
        var staff = AStaff();
        (await staff.IsSecurity(await Read(Bob), Ct)).ShouldBe(Known(true));
        (await staff.IsSecurity(await Read(Carol), Ct)).ShouldBe(Known(false));
        (await staff.IsAdministrator(await Read(Carol), Ct)).ShouldBe(Known(true));
        (await staff.IsAdministrator(await Read(Alice), Ct)).ShouldBe(Known(false));
    }

    [Fact]
    public async Task Membership_is_read_each_time()
    {
        var staff = AStaff();
        await staff.IsSecurity(await Read(Bob), Ct);
        directory.Leave(security, Bob);

        (await staff.IsSecurity(await Read(Bob), Ct)).ShouldBe(Known(false));
    }

    [Fact]
    public async Task Where_no_group_is_named_or_there_is_none_of_that_name_nobody_holds_the_office()
    {
        (await AStaff(new StaffOptions()).IsSecurity(await Read(Bob), Ct)).ShouldBe(Known(false));
        (await AStaff(new StaffOptions { SecurityGroup = "/nowhere" }).IsSecurity(await Read(Bob), Ct)).ShouldBe(Known(false));
    }

    [Fact]
    public async Task A_group_that_several_are_called_makes_nobody_a_member()
    {
        directory.Add(new GroupRef(new GroupId("g-other"), security.Path), Bob);

        (await AStaff().IsSecurity(await Read(Bob), Ct)).ShouldBe(Known(false));
    }

    [Fact]
    public async Task Somebody_disabled_or_no_human_holds_no_office()
    {
        var bob = await Read(Bob);
        (await AStaff().IsSecurity(bob with { Enabled = false }, Ct)).ShouldBe(Known(false));
        (await AStaff().IsSecurity(bob with { IsServiceAccount = true }, Ct)).ShouldBe(Known(false));
    }

    [Fact]
    public async Task An_account_is_admitted_by_any_of_the_offices()
    {
        Office[] both = [Office.Security, Office.Administrator];
        (await AStaff().Admit(AccountOf(Bob), both, Ct)).ShouldBeOfType<Admission.Granted>().Person.Id.ShouldBe(Bob.Id);
        (await AStaff().Admit(AccountOf(Carol), both, Ct)).ShouldBeOfType<Admission.Granted>();
        (await AStaff().Admit(AccountOf(Alice), both, Ct)).ShouldBeOfType<Admission.Refused>().Why.ShouldBeOfType<Refusal.NotStaff>().Offices.ShouldBe(both);
        (await AStaff().Admit(new ChatAccount(ChatPlatform.Slack, "T1", "U-nobody"), both, Ct)).ShouldBeOfType<Admission.Refused>();
    }

    [Theory]
    [InlineData(nameof(IDirectory.FindGroup))]
    [InlineData(nameof(IDirectory.IsMember))]
    [InlineData(nameof(IDirectory.FindByAttribute))]
    public async Task What_cannot_be_read_lets_nobody_in(string call)
    {
        directory.Doubts = called => called == call ? Doubt.Away : null;

        (await AStaff().Admit(AccountOf(Bob), [Office.Security], Ct)).ShouldBe(new Admission.Unknown(Doubt.Away));
    }

    private static Reading<bool> Known(bool value) => new Reading<bool>.Known(value);

    private async Task<Person> Read(PersonRef person) => ((Reading<Person>.Known)await directory.ReadPerson(person.Id, Ct)).Value;

    private Staff AStaff(StaffOptions? options = null)
    {
        var people = new PeopleOptions();
        return new Staff(
            directory,
            new Identities([new AttributeSource(directory, people)], [chat], people),
            options ?? new StaffOptions { SecurityGroup = security.Path, AdministratorGroup = administrators.Path });
    }
}
