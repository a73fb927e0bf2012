using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Directory;

/// <summary>
/// The identity provider: what can be asked for, who people are, and the changes we make.
/// Every answer is a value, <c>Absent</c> (proved) or <c>Unknown</c>; no method throws for what the outside does.
/// </summary>
public interface IDirectory
{
    /// <summary>The realm, our own account, and how long issued access tokens live.</summary>
    Task<Reading<DirectoryIdentity>> ReadIdentity(CancellationToken ct);

    /// <summary>Every group and role marked <c>requestable</c>, whatever its value. Partial reads are <c>Unknown</c>.</summary>
    Task<Reading<IReadOnlyList<TargetFacts>>> ReadRequestable(CancellationToken ct);

    /// <summary>One target by id, with ancestors and privileges.</summary>
    Task<Reading<TargetFacts>> ReadTarget(TargetId target, CancellationToken ct);

    /// <summary>By path (walked level by level), by <c>id:…</c>, or by a name that only one group has.</summary>
    Task<GroupSearch> FindGroup(string name, CancellationToken ct);

    /// <summary>A group as <see cref="FindGroup"/> finds it, a realm role by its name, or a client role by <c>clientId/role</c>.</summary>
    Task<TargetSearch> FindTarget(string name, CancellationToken ct);

    /// <summary>Direct members, every page; subgroups' members are not among them, service accounts may be.</summary>
    Task<Reading<IReadOnlyList<Person>>> ReadMembers(GroupId group, CancellationToken ct);

    Task<Reading<Person>> ReadPerson(PersonId person, CancellationToken ct);

    /// <summary>People whose attribute has exactly this value, compared case-sensitively; empty when nobody has.</summary>
    Task<Reading<IReadOnlyList<Person>>> FindByAttribute(string attribute, string value, CancellationToken ct);

    /// <summary>People who are called so, ignoring case: one at most, service accounts included; empty when nobody is.</summary>
    Task<Reading<IReadOnlyList<Person>>> FindByUsername(string username, CancellationToken ct);

    /// <summary>People whose verified address equals this one, ignoring case; empty when nobody's does.</summary>
    Task<Reading<IReadOnlyList<Person>>> FindByVerifiedEmail(string email, CancellationToken ct);

    /// <summary>Whether the user profile lets only administrators write this attribute.</summary>
    Task<Reading<bool>> OnlyAdministratorsWrite(string attribute, CancellationToken ct);

    /// <summary>Direct membership. <c>Absent</c>: the person or the group is gone.</summary>
    Task<Reading<bool>> IsMember(PersonId person, GroupId group, CancellationToken ct);

    /// <summary>Whether the person holds the target directly. <c>Absent</c>: the person or the target is gone.</summary>
    Task<Reading<bool>> Holds(PersonId person, TargetId target, CancellationToken ct);

    /// <summary>
    /// Whether the person has the target in whatever way: a role by groups, their parents and composites, a group by one below it.
    /// <c>Absent</c>: the person or the target is gone. <c>Unknown</c> also where a part of what would say so may not be seen.
    /// </summary>
    Task<Reading<bool>> HoldsInEffect(PersonId person, TargetId target, CancellationToken ct);

    /// <summary>Gives the target. Repeating it changes nothing.</summary>
    Task<DirectoryChange> Assign(PersonId person, TargetId target, CancellationToken ct);

    /// <summary>Takes the target away. Repeating it changes nothing.</summary>
    Task<DirectoryChange> Remove(PersonId person, TargetId target, CancellationToken ct);

    /// <summary>Ends the person's sessions: whoever uses them logs in again, with what they hold then. Repeating it ends those that were begun meanwhile.</summary>
    Task<DirectoryChange> EndSessions(PersonId person, CancellationToken ct);

    /// <summary>The newest admin event about the pair. <c>Absent</c>: the directory keeps none about it.</summary>
    Task<Reading<LastChange>> ReadLastChange(PersonId person, TargetId target, CancellationToken ct);

    /// <summary>
    /// Whom and what admin events since then are about, oldest first, at most some thousands at once. What our own account gave is not
    /// among them. <c>Unknown</c> with <see cref="Doubt.Forbidden"/>: our account may not read events.
    /// </summary>
    Task<Reading<DirectoryEvents>> ReadChangesSince(DateTimeOffset since, CancellationToken ct);

    /// <summary>
    /// Logins since then that were denied for lack of roles or groups, at most some thousands at once; none where the directory keeps no
    /// such events. <c>Unknown</c> with <see cref="Doubt.Forbidden"/>: our account may not read them.
    /// </summary>
    Task<Reading<DeniedLogins>> ReadDeniedLoginsSince(DateTimeOffset since, CancellationToken ct);

    /// <summary>Other ways by which the person still has what the target gives, as people would name them; empty when none.</summary>
    Task<Reading<IReadOnlyList<string>>> ReadResidualPaths(PersonId person, TargetId target, CancellationToken ct);
}

/// <param name="RealmId">Immutable; another one means another realm under the same name.</param>
/// <param name="Self">Our own service account: never requester, approver or beneficiary.</param>
/// <param name="TokenLifetime">How long an access token that was issued before a change still works.</param>
public sealed record DirectoryIdentity(string RealmId, PersonId Self, TimeSpan TokenLifetime);
