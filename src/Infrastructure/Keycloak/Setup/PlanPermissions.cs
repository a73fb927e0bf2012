using System.Collections.Concurrent;
using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Keycloak.Setup;

/// <summary>
/// Works out what the bot's account needs: to see people and change what they have, for each group and role that is marked, or that a
/// grant which is not over is for; to see the groups that rules and settings name, those above all of these, and the clients whose
/// roles are given, or must not be held together with what is, or that have a login policy, or are to have one.
/// </summary>
internal sealed class PlanPermissions(KeycloakClient client, IDirectory directory, IEntitlements entitlements, StaffOptions staff, string clientId, IReadOnlyCollection<string> loginClients, bool managesLoginPolicies)
{
    private const int MostGrantedTargets = 10_000;

    private static readonly string[] kinds = ["users", "groups", "approvers", "roles", "clients", "login policies"];

    private readonly ConcurrentDictionary<string, GroupRow> groups = new(StringComparer.Ordinal);

    public async Task<PermissionPlan> Make(CancellationToken ct)
    {
        var (given, leftOut) = await Given(ct);
        var managed = new Dictionary<string, NamedResource>(StringComparer.Ordinal);
        var seen = new Dictionary<string, NamedResource>(StringComparer.Ordinal);
        var roles = new Dictionary<string, NamedResource>(StringComparer.Ordinal);
        var excluded = new List<string>();
        // What needs a login is seen to, whether people can log in yet or not.
        var rules = new RuleBook(directory, new LoginAvailability(null), Policy.None);
        foreach (var facts in given)
        {
            if (facts.Id.Kind == TargetKind.Group)
            {
                managed[facts.Id.Id] = new NamedResource(facts.Id.Id, facts.Name);
                await SeeChain(facts.Id.Id, seen, ct);
            }
            else
            {
                roles[facts.Id.Id] = new NamedResource(facts.Id.Id, facts.Name);
            }

            if (await rules.Read(facts, ct) is RuleReading.Offered { Rule: var rule })
            {
                GroupRef[] named = [.. rule.Stages.SelectMany(stage => stage.Groups), .. rule.Eligible.SelectMany(choice => choice.Groups), .. rule.Escalation, .. rule.AutoApprove, .. rule.BreakGlass];
                foreach (var group in named.Select(group => group.Id.Value).Concat(rule.Excludes.Where(target => target.Id.Kind == TargetKind.Group).Select(target => target.Id.Id)))
                    await SeeChain(group, seen, ct);
                excluded.AddRange(rule.Excludes.Where(target => target.Id.Kind == TargetKind.ClientRole).Select(target => target.Name));
            }
        }

        foreach (var office in Enum.GetValues<Office>())
        {
            if (staff.GroupOf(office) is { } name && await directory.FindGroup(name, ct) is GroupSearch.Found found)
                await SeeChain(found.Group.Id.Value, seen, ct);
        }

        foreach (var id in managed.Keys)
            seen.Remove(id);
        var clients = await client.Clients(ct);
        var closed = clients.Where(row => (KeycloakLoginPolicies.HasPolicy(row) || loginClients.Contains(row.ClientId)) && row.ClientId != clientId && !LoginPolicy.IsNeverClosed(row.ClientId)).ToList();
        return new PermissionPlan(
            ManagementRoles.FineGrained,
            [
                new Permission($"{clientId} users", "Users", ["view", "manage-group-membership", "map-roles"], null),
                .. OfSome($"{clientId} groups", "Groups", ["view", "view-members", "manage-membership"], managed),
                .. OfSome($"{clientId} approvers", "Groups", ["view", "view-members"], seen),
                .. OfSome($"{clientId} roles", "Roles", ["map-role"], roles),
                .. OfSome($"{clientId} clients", "Clients", ["view"], Named(Clients(clients, [.. given.SelectMany(facts => facts.Privileges!.EffectiveRoles), .. excluded]).Union(managesLoginPolicies ? [] : closed))),
                .. OfSome($"{clientId} login policies", "Clients", ["view", "manage"], Named(managesLoginPolicies ? closed : [])),
            ],
            leftOut);
    }

    /// <summary>Names of all that a plan may have, also of those that it does not need.</summary>
    public static IReadOnlyList<string> Names(string clientId) => [.. kinds.Select(kind => $"{clientId} {kind}")];

    /// <summary>An empty list would be everything: then there is no permission.</summary>
    private static IEnumerable<Permission> OfSome(string name, string type, IReadOnlyList<string> scopes, Dictionary<string, NamedResource> resources)
    {
        if (resources.Count > 0)
            yield return new Permission(name, type, scopes, [.. resources.Values.OrderBy(resource => resource.Name, StringComparer.Ordinal)]);
    }

    private async Task<(IReadOnlyList<TargetFacts> Given, IReadOnlyList<string> LeftOut)> Given(CancellationToken ct)
    {
        var read = await directory.ReadRequestable(ct);
        if (read is not Reading<IReadOnlyList<TargetFacts>>.Known { Value: var marked })
            throw new PermissionsException(Core.Chat.Sentences.For(AccessChecks.DoubtOf(read)));

        var all = marked.Where(facts => facts.Levels[0].Attributes.GetValueOrDefault(Attributes.Requestable) is ["true"]).ToDictionary(facts => facts.Id);
        // What was given must be taken away again, marked or not.
        foreach (var target in (await entitlements.TargetsWithGrants(null, MostGrantedTargets, ct)).Where(target => !all.ContainsKey(target)))
        {
            if (await directory.ReadTarget(target, ct) is Reading<TargetFacts>.Known granted)
                all.Add(target, granted.Value);
        }

        var leftOut = new List<string>();
        foreach (var facts in all.Values.OrderBy(facts => facts.Name, StringComparer.Ordinal).ToList())
        {
            if (facts is { AncestorsReadable: true, Privileges.Administrative: false })
                continue;
            all.Remove(facts.Id);
            leftOut.Add(facts.Privileges is { Administrative: true }
                ? $"{facts.Name}: it gives the right to administer a realm"
                : $"{facts.Name}: what it gives, or a group above it, cannot be read");
        }

        return ([.. all.Values], leftOut);
    }

    /// <summary>A group, and those above it, by which it is found and whose rules it inherits.</summary>
    private async Task SeeChain(string group, Dictionary<string, NamedResource> seen, CancellationToken ct)
    {
        for (string? id = group; id is not null && !seen.ContainsKey(id);)
        {
            if (!groups.TryGetValue(id, out var row))
                groups[id] = row = await client.Api.Group(id, ct);
            seen[id] = new NamedResource(id, row.Path ?? row.Name);
            id = row.ParentId;
        }
    }

    /// <summary>Those that these roles are of, and the one by which it is known what administers.</summary>
    private static IEnumerable<ClientRow> Clients(IReadOnlyList<ClientRow> clients, IReadOnlyList<string> roles) =>
        clients.Where(row => row.ClientId is ClientNames.RealmManagement or ClientNames.MasterManagement || roles.Any(role => role.StartsWith($"{row.ClientId}/", StringComparison.Ordinal)));

    private static Dictionary<string, NamedResource> Named(IEnumerable<ClientRow> clients) =>
        clients.DistinctBy(row => row.Id).ToDictionary(row => row.Id, row => new NamedResource(row.Id, row.ClientId), StringComparer.Ordinal);
}
