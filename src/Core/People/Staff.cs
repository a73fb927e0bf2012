using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.People;

/// <summary>
/// Who looks after access: direct members of the groups that the settings name, read fresh each time. What cannot be read lets
/// nobody in.
/// </summary>
public sealed class Staff(IDirectory directory, Identities identities, StaffOptions options)
{
    public Task<Reading<bool>> IsAdministrator(Person person, CancellationToken ct) => Holds(Office.Administrator, person, ct);

    public Task<Reading<bool>> IsSecurity(Person person, CancellationToken ct) => Holds(Office.Security, person, ct);

    /// <summary>Whether the account is proved to be somebody in one of these offices.</summary>
    public async Task<Admission> Admit(ChatAccount account, IReadOnlyList<Office> offices, CancellationToken ct)
    {
        switch (await identities.Identify(account, ct))
        {
            case Identification.Proved proved:
                var admission = await Admit(proved.Person, offices, ct);
                return admission is Admission.Granted granted ? granted with { Proof = proved.Proof } : admission;
            case Identification.Refused refused:
                return new Admission.Refused(refused.Why);
            case Identification.Unknown unknown:
                return new Admission.Unknown(unknown.Why);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The same for somebody who is known already.</summary>
    public async Task<Admission> Admit(Person person, IReadOnlyList<Office> offices, CancellationToken ct)
    {
        Doubt? doubt = null;
        foreach (var office in offices)
        {
            switch (await Holds(office, person, ct))
            {
                case Reading<bool>.Known { Value: true }:
                    return new Admission.Granted(person);
                case Reading<bool>.Unknown unknown:
                    doubt = unknown.Why;
                    break;
            }
        }

        return doubt is { } why ? new Admission.Unknown(why) : new Admission.Refused(new Refusal.NotStaff(offices));
    }

    /// <summary>Everybody in an office who could use it; empty where it names no group, or none that is there.</summary>
    public async Task<Reading<IReadOnlyList<Person>>> Members(Office office, CancellationToken ct)
    {
        if (options.GroupOf(office) is not { Length: > 0 } name)
            return new Reading<IReadOnlyList<Person>>.Known([]);
        return await directory.FindGroup(name, ct) switch
        {
            GroupSearch.Found found => await directory.ReadMembers(found.Group.Id, ct) switch
            {
                Reading<IReadOnlyList<Person>>.Known members => new Reading<IReadOnlyList<Person>>.Known([.. members.Value.Where(person => person.IsActiveHuman)]),
                var other => other,
            },
            GroupSearch.Unknown unknown => new Reading<IReadOnlyList<Person>>.Unknown(unknown.Why),
            _ => new Reading<IReadOnlyList<Person>>.Known([]),
        };
    }

    private async Task<Reading<bool>> Holds(Office office, Person person, CancellationToken ct)
    {
        if (!person.IsActiveHuman || options.GroupOf(office) is not { Length: > 0 } name)
            return new Reading<bool>.Known(false);

        switch (await directory.FindGroup(name, ct))
        {
            case GroupSearch.Found found:
                var member = await directory.IsMember(person.Id, found.Group.Id, ct);
                return member is Reading<bool>.Absent ? new Reading<bool>.Known(false) : member;
            case GroupSearch.Unknown unknown:
                return new Reading<bool>.Unknown(unknown.Why);
            default:
                // No such group, or several: nobody is proved to be in it.
                return new Reading<bool>.Known(false);
        }
    }
}

/// <summary>What somebody who looks after access is.</summary>
public enum Office
{
    /// <summary>Sees to it that everything is set up.</summary>
    Administrator,

    /// <summary>Sees who has what, and may stop it.</summary>
    Security,
}

/// <summary>The section <c>Access</c> of the settings: the groups whose members look after access; null: nobody does.</summary>
public sealed record StaffOptions
{
    public string? SecurityGroup { get; init; }

    public string? AdministratorGroup { get; init; }

    public string? GroupOf(Office office) => office switch
    {
        Office.Administrator => AdministratorGroup,
        Office.Security => SecurityGroup,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>Whether somebody is let in.</summary>
public abstract record Admission
{
    private protected Admission()
    {
    }

    /// <param name="Proof">The source that named the person; empty where they were known already.</param>
    public sealed record Granted(Person Person, string Proof = "") : Admission;

    public sealed record Refused(Refusal Why) : Admission;

    /// <summary>Nobody can tell now, so they are not.</summary>
    public sealed record Unknown(Doubt Why) : Admission;
}
