using ChatGovernance.Core.Directory;

namespace ChatGovernance.Core.People;

/// <summary>Groups whose members may do more with the bot than others: the section <c>Access</c>. Null: nobody.</summary>
public sealed record AccessOptions(string? AdministratorGroup = null, string? SecurityGroup = null);

/// <summary>Who administers the bot, read fresh: a group that is not there, or that several are called, has no members.</summary>
public sealed class Administrators(AccessOptions options, IDirectory directory)
{
    public async Task<Reading<bool>> Include(Person person, CancellationToken ct)
    {
        if (options.AdministratorGroup is not { Length: > 0 } name || !person.IsActiveHuman)
            return new Reading<bool>.Known(false);

        return await directory.FindGroup(name, ct) switch
        {
            GroupSearch.Found found => await directory.IsMember(person.Id, found.Group.Id, ct) switch
            {
                Reading<bool>.Absent => new Reading<bool>.Known(false),
                var answer => answer,
            },
            GroupSearch.Unknown unknown => new Reading<bool>.Unknown(unknown.Why),
            _ => new Reading<bool>.Known(false),
        };
    }
}
