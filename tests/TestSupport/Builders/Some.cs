using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.TestSupport.Builders;

/// <summary>People, groups, a target and an instant that tests share.</summary>
public static class Some
{
    /// <summary>Where a <see cref="ManualClock"/> starts.</summary>
    public static readonly DateTimeOffset Now = new(2027, 1, 4, 9, 0, 0, TimeSpan.Zero);

    public static readonly PersonRef Alice = new(new PersonId("p-alice"), "Alice Archer");
    public static readonly PersonRef Bob = new(new PersonId("p-bob"), "Bob Baker");
    public static readonly PersonRef Carol = new(new PersonId("p-carol"), "Carol Cooper");
    public static readonly PersonRef Mallory = new(new PersonId("p-mallory"), "Mallory Moss");

    public static readonly GroupRef ApproverGroup = new(new GroupId("g-approvers"), "/approvers");
    public static readonly GroupRef OwnerGroup = new(new GroupId("g-owners"), "/owners");

    public static readonly GroupRef AdministratorGroup = new(new GroupId("g-administrators"), "/administrators");

    public static readonly TargetId Database = new(TargetKind.Group, "g-database");

    public const string DatabaseName = "/access/database";

    public static readonly Privileges NoPrivileges = new([], Administrative: false);

    /// <summary>The person's Slack account.</summary>
    public static ChatAccount AccountOf(PersonRef person) => new(ChatPlatform.Slack, "T1", $"U-{person.Id}");

    /// <summary>One stage, decided by <see cref="ApproverGroup"/>; what is not given is as where nothing is written.</summary>
    public static AccessRule Rule(int approvals = 1) => new() { Stages = [new Stage([ApproverGroup], approvals)] };

    public static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);

    public static TimeSpan Minutes(int count) => TimeSpan.FromMinutes(count);

    public static TimeSpan Hours(int count) => TimeSpan.FromHours(count);

    public static TimeSpan Days(int count) => TimeSpan.FromDays(count);
}
