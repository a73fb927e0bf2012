using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>The newest event about each person, target and pair of them.</summary>
public sealed class ChangedSubjects
{
    private readonly Dictionary<PersonId, DateTimeOffset> people = [];
    private readonly Dictionary<(PersonId, TargetId), DateTimeOffset> holdings = [];
    private readonly Dictionary<TargetId, DateTimeOffset> targets = [];
    private readonly Dictionary<(TargetKind, string), DateTimeOffset> roles = [];

    public ChangedSubjects(IEnumerable<DirectoryEvent> events)
    {
        foreach (var each in events)
        {
            switch (each)
            {
                case DirectoryEvent.OfPerson of:
                    Note(people, of.Person, of.At);
                    break;
                case DirectoryEvent.OfHolding of:
                    Note(holdings, (of.Person, of.Target), of.At);
                    break;
                case DirectoryEvent.OfTarget of:
                    Note(targets, of.Target, of.At);
                    break;
                case DirectoryEvent.OfRoleCalled of:
                    Note(roles, (of.Kind, of.Name), of.At);
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    public bool IsEmpty => people.Count + holdings.Count + targets.Count + roles.Count == 0;

    /// <summary>Whose grants may be concerned.</summary>
    public IReadOnlyCollection<PersonId> People => [.. people.Keys.Concat(holdings.Keys.Select(pair => pair.Item1)).Distinct()];

    public IReadOnlyCollection<TargetId> Targets => targets.Keys;

    public IReadOnlyCollection<string> RoleNames => [.. roles.Keys.Select(role => role.Item2).Distinct()];

    /// <summary>Null: none of the events is about what this grant rests on.</summary>
    public DateTimeOffset? NewestAbout(LiveGrant grant)
    {
        DateTimeOffset? newest = null;
        Take(people, grant.Person);
        Take(holdings, (grant.Person, grant.Target));
        Take(targets, grant.Target);
        Take(roles, (grant.Target.Kind, grant.TargetName));
        return newest;

        void Take<TKey>(Dictionary<TKey, DateTimeOffset> known, TKey key)
            where TKey : notnull
        {
            if (known.TryGetValue(key, out var at) && !(newest >= at))
                newest = at;
        }
    }

    /// <summary>Null: none of the events is about this person's membership of one of these groups.</summary>
    public DateTimeOffset? NewestMembership(PersonId person, IEnumerable<GroupId> groups)
    {
        var named = groups.Select(group => new TargetId(TargetKind.Group, group.Value)).ToHashSet();
        return holdings.Where(known => known.Key.Item1 == person && named.Contains(known.Key.Item2)).Max(known => (DateTimeOffset?)known.Value);
    }

    /// <summary>Null: none of the events is about what this request rests on, or who decides on it.</summary>
    public DateTimeOffset? NewestAbout(AccessRequest request)
    {
        var involved = request.Approvers.People.ToHashSet();
        involved.UnionWith(new[] { request.Filing.Person?.Id, request.Beneficiary?.Id }.OfType<PersonId>());
        List<GroupRef> naming = [.. request.Rule?.Stages.SelectMany(stage => stage.Groups) ?? [], .. request.Rule?.Escalation ?? [], .. request.Rule?.Eligible.SelectMany(choice => choice.Groups) ?? []];
        var groups = naming.Select(group => new TargetId(TargetKind.Group, group.Id.Value)).Append(request.Target).ToHashSet();
        return people.Where(known => involved.Contains(known.Key)).Select(known => known.Value)
            .Concat(holdings.Where(known => groups.Contains(known.Key.Item2)).Select(known => known.Value))
            .Concat(targets.Where(known => groups.Contains(known.Key)).Select(known => known.Value))
            .Concat(roles.Where(known => known.Key == (request.Target.Kind, request.TargetName)).Select(known => known.Value))
            .Select(at => (DateTimeOffset?)at).Max();
    }

    private static void Note<TKey>(Dictionary<TKey, DateTimeOffset> known, TKey key, DateTimeOffset at)
        where TKey : notnull
    {
        if (!known.TryGetValue(key, out var before) || before < at)
            known[key] = at;
    }
}
