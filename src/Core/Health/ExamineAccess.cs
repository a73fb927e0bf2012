using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;

namespace ChatGovernance.Core.Health;

/// <summary>Whether the directory is the known one, people can be told from each other, and those who look after access are named.</summary>
public sealed class ExamineAccess(IDirectory directory, AccessChecks checks, PeopleOptions people, StaffOptions staff) : IExaminer
{
    public string Part => "People and access";

    public async Task<IReadOnlyList<Check>> Examine(CancellationToken ct) =>
    [
        await Realm(ct),
        .. await Sources(ct),
        await Staffed(Office.Administrator, "Access:AdministratorGroup", ct),
        await Staffed(Office.Security, "Access:SecurityGroup", ct),
        await Offered(ct),
    ];

    private async Task<Check> Realm(CancellationToken ct) => await checks.ReadRealm(ct) switch
    {
        Reading<DirectoryIdentity>.Known => Check.Ok("realm", "It is the realm that this deployment has known from its first day."),
        Reading<DirectoryIdentity>.Unknown { Why: Doubt.OtherRealm } => Check.Failed("realm", Sentences.For(Doubt.OtherRealm), "Point the bot at the realm it knew, or give it a new database for the new realm."),
        var other => Check.Unknown("realm", Sentences.For(AccessChecks.DoubtOf(other)), "Settle that first, then look again."),
    };

    private async Task<IReadOnlyList<Check>> Sources(CancellationToken ct)
    {
        var found = new List<Check>();
        if (people.Sources.Contains(IdentitySource.Attribute))
            found.Add(await Attribute(people.SlackAttribute, ct));
        if (people.Sources.Count == 0)
            found.Add(Check.Failed("identity", "No way is set up to tell whose a chat account is, so nobody can ask or decide.", "Name one or more in Identity:Sources."));
        return found;
    }

    private async Task<Check> Attribute(string attribute, CancellationToken ct)
    {
        var name = $"attribute {attribute}";
        return await directory.OnlyAdministratorsWrite(attribute, ct) switch
        {
            Reading<bool>.Known { Value: true } => Check.Ok(name, $"Only administrators can write \"{attribute}\"."),
            Reading<bool>.Known => Check.Failed(
                name, $"\"{attribute}\" is not declared in the user profile as one that only administrators edit, so it proves nothing and is not believed.",
                $"Declare \"{attribute}\" in the realm's user profile, with view and edit for administrators alone."),
            var other => Check.Unknown(name, Sentences.For(AccessChecks.DoubtOf(other)), "Settle that first, then look again."),
        };
    }

    private async Task<Check> Staffed(Office office, string key, CancellationToken ct)
    {
        if (staff.GroupOf(office) is not { } group)
            return Check.Warning(key, $"No group is named, so nobody is among {Sentences.For(office)}.", $"Set {key} to the path of a group.");

        return await directory.FindGroup(group, ct) switch
        {
            GroupSearch.Found found => await Members(found.Group, key, ct),
            GroupSearch.NotFound => Check.Failed(key, $"There is no group {group}, or the bot may not see it.", $"Make it, or correct {key}."),
            GroupSearch.Ambiguous => Check.Failed(key, $"Several groups read as {group}, so nobody is a member.", $"Write id:… with the group's id in {key}."),
            GroupSearch.Unknown unknown => Check.Unknown(key, Sentences.For(unknown.Why), "Settle that first, then look again."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<Check> Members(GroupRef group, string key, CancellationToken ct) => await directory.ReadMembers(group.Id, ct) switch
    {
        Reading<IReadOnlyList<Person>>.Known members when members.Value.Any(member => member.IsActiveHuman) => Check.Ok(key, $"{group.Path} has members."),
        Reading<IReadOnlyList<Person>>.Known => Check.Warning(key, $"{group.Path} has no member with an enabled account of a person.", "Add members; those of its subgroups do not count."),
        var other => Check.Unknown(key, Sentences.For(AccessChecks.DoubtOf(other)), "Settle that first, then look again."),
    };

    private async Task<Check> Offered(CancellationToken ct)
    {
        const string Name = "targets";
        return await directory.ReadRequestable(ct) switch
        {
            Reading<IReadOnlyList<TargetFacts>>.Known { Value.Count: 0 } => Check.Warning(Name, "Nothing is marked as requestable, or the bot may not see it.", $"Give a group or role the attribute `{Attributes.Requestable}` = `true`."),
            Reading<IReadOnlyList<TargetFacts>>.Known known => Check.Ok(Name, $"{known.Value.Count} groups and roles are marked as requestable; lint says what is wrong with them."),
            var other => Check.Unknown(Name, Sentences.For(AccessChecks.DoubtOf(other)), "Settle that first, then look again."),
        };
    }
}
