using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport.Builders;
using static ChatGovernance.TestSupport.Builders.Some;

namespace ChatGovernance.Core.Tests.Grants;

public sealed class ChangedSubjectsTests
{
    private static readonly TargetId role = new(TargetKind.RealmRole, "r1");

    private static readonly LiveGrant held = new(new EntitlementId(KnownIds.Number(1)), Alice.Id, role, "reader", null);

    [Fact]
    public void A_grant_is_concerned_by_its_person_its_target_its_pair_and_its_roles_name()
    {
        foreach (var each in new DirectoryEvent[]
        {
            new DirectoryEvent.OfPerson(Alice.Id, Now),
            new DirectoryEvent.OfTarget(role, Now),
            new DirectoryEvent.OfHolding(Alice.Id, role, Now),
            new DirectoryEvent.OfRoleCalled(TargetKind.RealmRole, "reader", Now),
        })
            new ChangedSubjects([each]).NewestAbout(held).ShouldBe(Now);
    }

    [Fact]
    public void A_grant_is_not_concerned_by_other_people_targets_pairs_and_names()
    {
        var changed = new ChangedSubjects(
        [
            new DirectoryEvent.OfPerson(Bob.Id, Now),
            new DirectoryEvent.OfTarget(role with { Kind = TargetKind.Group }, Now),
            new DirectoryEvent.OfHolding(Bob.Id, role, Now),
            new DirectoryEvent.OfHolding(Alice.Id, Database, Now),
            new DirectoryEvent.OfRoleCalled(TargetKind.ClientRole, "reader", Now),
            new DirectoryEvent.OfRoleCalled(TargetKind.RealmRole, "Reader", Now),
        ]);

        changed.NewestAbout(held).ShouldBeNull();
    }

    [Fact]
    public void Of_several_events_the_newest_counts_in_whatever_order_they_come()
    {
        var changed = new ChangedSubjects(
        [
            new DirectoryEvent.OfPerson(Alice.Id, Now + Minutes(2)),
            new DirectoryEvent.OfPerson(Alice.Id, Now),
            new DirectoryEvent.OfTarget(role, Now + Minutes(1)),
        ]);

        changed.NewestAbout(held).ShouldBe(Now + Minutes(2));
        changed.People.ShouldBe([Alice.Id]);
        changed.Targets.ShouldBe([role]);
        new ChangedSubjects([]).IsEmpty.ShouldBeTrue();
    }
}
