using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Directory;

/// <summary>What one stored admin event is about, as far as it says so.</summary>
public abstract record DirectoryEvent
{
    private protected DirectoryEvent(DateTimeOffset at) => At = at;

    /// <summary>By the directory's clock. It can be read once the change is in effect, which may be a little later.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The account: disabled, deleted, or changed otherwise; or something it holds, where the event does not say what.</summary>
    public sealed record OfPerson(PersonId Person, DateTimeOffset at) : DirectoryEvent(at);

    /// <summary>Given to one person or taken away from them, and not what our own account gave.</summary>
    public sealed record OfHolding(PersonId Person, TargetId Target, DateTimeOffset at) : DirectoryEvent(at);

    /// <summary>The group or role: renamed, deleted, or what it brings.</summary>
    public sealed record OfTarget(TargetId Target, DateTimeOffset at) : DirectoryEvent(at);

    /// <summary>A role that the event calls by its name: a realm role's, or <c>clientId/role</c>.</summary>
    public sealed record OfRoleCalled(TargetKind Kind, string Name, DateTimeOffset at) : DirectoryEvent(at);
}

/// <summary>Events of one reading, in any order; one change may bring several.</summary>
/// <param name="Through">Null: all there were. Else the instant of the last one that was read: from there on there are more.</param>
public sealed record DirectoryEvents(IReadOnlyList<DirectoryEvent> Events, DateTimeOffset? Through);
