using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>The directory port on Keycloak's Admin REST API.</summary>
internal sealed class KeycloakDirectory(KeycloakClient client, RealmSight sight, ClientNames names) : IDirectory
{
    /// <summary>Keycloak names a client's own account so; nobody else's may be called that way here.</summary>
    private const string ServiceAccountPrefix = "service-account-";

    private static readonly TimeSpan defaultTokenLifetime = TimeSpan.FromMinutes(5);

    private IKeycloakApi Api => client.Api;

    public Task<Reading<DirectoryIdentity>> ReadIdentity(CancellationToken ct) => Readings.ReadPresent(async () =>
    {
        var realm = await sight.Realm(ct);
        var lifetime = realm.AccessTokenLifespan is { } seconds ? TimeSpan.FromSeconds(seconds) : defaultTokenLifetime;
        return new DirectoryIdentity(realm.Id!, new PersonId(await sight.Self(ct)), lifetime);
    });

    public Task<Reading<IReadOnlyList<TargetFacts>>> ReadRequestable(CancellationToken ct) =>
        Readings.ReadPresent(() => new TargetReader(client, sight, names).ReadAll(ct));

    public Task<Reading<TargetFacts>> ReadTarget(TargetId target, CancellationToken ct) =>
        Readings.Read(sight, () => new TargetReader(client, sight, names).Read(target, ct), ct);

    public Task<GroupSearch> FindGroup(string name, CancellationToken ct) => new GroupFinder(client, sight).Find(name, ct);

    public Task<TargetSearch> FindTarget(string name, CancellationToken ct) => new TargetFinder(client, sight).Find(name, ct);

    public Task<Reading<IReadOnlyList<Person>>> ReadMembers(GroupId group, CancellationToken ct) =>
        Readings.Read(sight, async () => People(await client.Members(group.Value, ct)), ct);

    public Task<Reading<Person>> ReadPerson(PersonId person, CancellationToken ct) =>
        Readings.Read(sight, async () => PersonOf(await Api.User(person.Value, ct)), ct);

    public Task<Reading<IReadOnlyList<Person>>> FindByAttribute(string attribute, string value, CancellationToken ct) =>
        Readings.ReadPresent(async () => People(await Seen(await client.UsersWith(attribute, value, ct), ct)));

    public Task<Reading<IReadOnlyList<Person>>> FindByUsername(string username, CancellationToken ct) =>
        Readings.ReadPresent(async () => People(await Seen(await client.UsersByUsername(username, ct), ct)));

    public Task<Reading<IReadOnlyList<Person>>> FindByVerifiedEmail(string email, CancellationToken ct) =>
        Readings.ReadPresent(async () => People((await Seen(await client.UsersByEmail(email, ct), ct)).Where(user => user.EmailVerified)));

    public Task<Reading<bool>> OnlyAdministratorsWrite(string attribute, CancellationToken ct) => Readings.ReadPresent(async () =>
    {
        var profile = await Api.UserProfile(ct);
        var declared = profile.Attributes.Where(row => row.Name == attribute).ToList();
        return declared.Count > 0
            ? declared.TrueForAll(row => row.Permissions?.Edit is ["admin"])
            : profile.UnmanagedAttributePolicy == "ADMIN_EDIT";
    });

    public Task<Reading<bool>> IsMember(PersonId person, GroupId group, CancellationToken ct) =>
        Holds(person, new TargetId(TargetKind.Group, group.Value), ct);

    public Task<Reading<bool>> Holds(PersonId person, TargetId target, CancellationToken ct) => Readings.Read(sight, async () => target.Kind switch
    {
        TargetKind.Group => await IsIn(person, target.Id, ct),
        TargetKind.RealmRole => (await Role(target, ct), await Api.UserRealmRoles(person.Value, ct)) is var (role, held) && held.Exists(row => row.Id == role.Id),
        _ => await Role(target, ct) is var role && (await Api.UserClientRoles(person.Value, role.ContainerId, ct)).Exists(row => row.Id == role.Id),
    }, ct);

    public Task<Reading<bool>> HoldsInEffect(PersonId person, TargetId target, CancellationToken ct) => Readings.Read(sight, async () => target.Kind switch
    {
        TargetKind.Group => await IsBelow(person, target.Id, ct),
        TargetKind.RealmRole => await Role(target, ct) is var role && (await Api.UserEffectiveRealmRoles(person.Value, ct)).Exists(row => row.Id == role.Id),
        _ => await Role(target, ct) is var role && (await Api.UserEffectiveClientRoles(person.Value, role.ContainerId, ct)).Exists(row => row.Id == role.Id),
    }, ct);

    public Task<DirectoryChange> Assign(PersonId person, TargetId target, CancellationToken ct) => Readings.Change(async () =>
    {
        await RefuseSelf(person, ct);
        if (target.Kind == TargetKind.Group)
        {
            await Api.Join(person.Value, target.Id, ct);
            return;
        }

        var role = await Role(target, ct);
        List<RoleName> body = [new(role.Id, role.Name)];
        await (role.ClientRole ? Api.AddClientRoles(person.Value, role.ContainerId, body, ct) : Api.AddRealmRoles(person.Value, body, ct));
    });

    public Task<DirectoryChange> Remove(PersonId person, TargetId target, CancellationToken ct) => Readings.Change(async () =>
    {
        await RefuseSelf(person, ct);
        if (target.Kind == TargetKind.Group)
        {
            await Api.Leave(person.Value, target.Id, ct);
            return;
        }

        var role = await Role(target, ct);
        List<RoleName> body = [new(role.Id, role.Name)];
        await (role.ClientRole ? Api.RemoveClientRoles(person.Value, role.ContainerId, body, ct) : Api.RemoveRealmRoles(person.Value, body, ct));
    });

    public Task<DirectoryChange> EndSessions(PersonId person, CancellationToken ct) => Readings.Change(async () =>
    {
        await RefuseSelf(person, ct);
        await Api.LogOut(person.Value, ct);
    });

    public async Task<Reading<LastChange>> ReadLastChange(PersonId person, TargetId target, CancellationToken ct) =>
        await Readings.ReadPresent(async () => await new LastChanges(client).Find(person, target, await sight.Self(ct), ct)) switch
        {
            Reading<LastChange?>.Known { Value: { } change } => new Reading<LastChange>.Known(change),
            Reading<LastChange?>.Unknown unknown => new Reading<LastChange>.Unknown(unknown.Why),
            _ => new Reading<LastChange>.Absent(),
        };

    public Task<Reading<DirectoryEvents>> ReadChangesSince(DateTimeOffset since, CancellationToken ct) =>
        Readings.ReadPresent(async () => await new ChangesSince(client, names, await sight.Self(ct)).Read(since, ct));

    public Task<Reading<DeniedLogins>> ReadDeniedLoginsSince(DateTimeOffset since, CancellationToken ct) =>
        Readings.ReadPresent(() => new DenialsSince(client).Read(since, ct));

    public Task<Reading<IReadOnlyList<string>>> ReadResidualPaths(PersonId person, TargetId target, CancellationToken ct) =>
        Readings.Read(sight, () => new ResidualPaths(client, names).Find(person, target, ct), ct);

    /// <summary>Our own account's rights are nobody's to change through us.</summary>
    private async Task RefuseSelf(PersonId person, CancellationToken ct)
    {
        if (person.Value == await sight.Self(ct))
            throw new KeycloakException(KeycloakFailure.Forbidden, 403);
    }

    /// <summary>"Nobody" is an answer only where people can be seen.</summary>
    private async Task<IReadOnlyList<UserRow>> Seen(IReadOnlyList<UserRow> users, CancellationToken ct)
    {
        if (users.Count == 0)
            await sight.RequirePeople(ct);
        return users;
    }

    /// <summary>By id right before each use: a renamed role answers 404 to its old name.</summary>
    private async Task<RoleRow> Role(TargetId target, CancellationToken ct)
    {
        var role = await Api.Role(target.Id, ct);
        return role.ClientRole == (target.Kind == TargetKind.ClientRole) ? role : throw new KeycloakException(KeycloakFailure.Unreadable, 200);
    }

    /// <summary>"Not in it" is an answer only where the group itself can be seen: lists leave out what the caller may not view.</summary>
    private async Task<bool> IsIn(PersonId person, string group, CancellationToken ct)
    {
        if ((await client.Api.UserGroups(person.Value, ct)).Any(row => row.Id == group))
            return true;
        await Api.Group(group, ct);
        return false;
    }

    /// <summary>In the group or in one below it. "No" is an answer only where everything below can be seen, too.</summary>
    private async Task<bool> IsBelow(PersonId person, string group, CancellationToken ct)
    {
        foreach (var direct in await Api.UserGroups(person.Value, ct))
        {
            for (var link = direct; link is not null; link = link.ParentId is { } parent ? await Api.Group(parent, ct) : null)
            {
                if (link.Id == group)
                    return true;
            }
        }

        await RequireSubtree(group, ct);
        return false;
    }

    private async Task RequireSubtree(string group, CancellationToken ct)
    {
        var row = await Api.Group(group, ct);
        if (row.SubGroupCount == 0)
            return;
        var children = await client.Children(group, ct);
        if (row.SubGroupCount != children.Count)
            throw new KeycloakException(KeycloakFailure.Forbidden, 403);
        foreach (var child in children)
            await RequireSubtree(child.Id, ct);
    }

    private static IReadOnlyList<Person> People(IEnumerable<UserRow> users) => [.. users.Select(PersonOf)];

    private static Person PersonOf(UserRow user) => new()
    {
        Id = new PersonId(user.Id),
        Username = user.Username,
        Name = Text.Clean($"{user.FirstName} {user.LastName}") is { Length: > 0 } name ? name : user.Username,
        VerifiedEmail = user.EmailVerified ? user.Email : null,
        Enabled = user.Enabled,
        IsServiceAccount = user.Username.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal),
        Attributes = user.Attributes ?? new Dictionary<string, IReadOnlyList<string>>(),
    };
}
