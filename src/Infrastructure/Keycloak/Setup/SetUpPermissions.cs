using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Keycloak.Setup;

/// <summary>Least privilege for the bot's account: says what it needs, and, with an administrator, gives it exactly that.</summary>
public sealed class SetUpPermissions
{
    private readonly KeycloakClient own;
    private readonly RealmSight ownSight;
    private readonly KeycloakTokens tokens;
    private readonly IHttpClientFactory clients;
    private readonly AdministratorSession session;
    private readonly IEntitlements entitlements;
    private readonly StaffOptions staff;
    private readonly FollowPolicy policy;
    private readonly bool managesLoginPolicies;
    private readonly string clientId;

    internal SetUpPermissions(
        KeycloakClient own, RealmSight ownSight, KeycloakTokens tokens, IHttpClientFactory clients, AdministratorSession session, IEntitlements entitlements, StaffOptions staff, FollowPolicy policy, bool managesLoginPolicies)
    {
        (this.own, this.ownSight, this.tokens, this.clients, this.session, this.entitlements, this.staff, this.policy, this.managesLoginPolicies) = (own, ownSight, tokens, clients, session, entitlements, staff, policy, managesLoginPolicies);
        clientId = tokens.ClientId;
    }

    /// <param name="by">Null: only what the bot itself sees is planned for, and nothing is compared.</param>
    /// <exception cref="PermissionsException">It could not be looked at, or not be applied; the message says why.</exception>
    public async Task<PermissionsReport> Run(AdministratorCredentials? by, bool apply, CancellationToken ct)
    {
        try
        {
            return by is null ? await WithOwnEyes(ct) : await With(by, apply, ct);
        }
        catch (KeycloakException e)
        {
            throw new PermissionsException(
                e.Failure == KeycloakFailure.Unauthorized && by is not null ? $"Keycloak does not accept {by}, or the bot's own credentials." : Sentences.For(Readings.DoubtOf(e)), e);
        }
    }

    private async Task<PermissionsReport> WithOwnEyes(CancellationToken ct)
    {
        var plan = await Plan(own, ownSight, ct);
        var realm = await own.Api.Realm(ct);
        return new PermissionsReport(plan, Complete: false, realm.AdminPermissionsEnabled, null, [], await Unseen(plan, ct), []);
    }

    private async Task<PermissionsReport> With(AdministratorCredentials by, bool apply, CancellationToken ct)
    {
        session.Use(by);
        var http = clients.CreateClient(AdministratorSession.HttpClientName);
        var client = new KeycloakClient(KeycloakRestEase.Create(http));
        var realm = await client.Api.Realm(ct);
        var plan = await Plan(client, new RealmSight(client, tokens), ct);
        var bot = await client.Client(clientId, ct) ?? throw new PermissionsException($"There is no client {clientId} in the realm, or the administrator may not see it.");
        var account = (await client.Api.ServiceAccount(bot.Id, ct)).Id;
        var bypassing = await Bypassing(client, account, ct);
        if (realm.AdminPermissionsEnabled != true || realm.AdminPermissionsClient is not { Id: var server })
        {
            return apply
                ? throw new PermissionsException("Fine-grained admin permissions are off in the realm: switch them on first (Realm settings, General, Admin Permissions).")
                : new PermissionsReport(plan, Complete: true, FineGrained: false, null, [], [], bypassing);
        }

        var permissions = new AdminPermissions(KeycloakRestEase.CreatePermissions(http), client, server, account, clientId);
        var changes = await permissions.Bring(plan, apply, ct);
        var left = apply ? await permissions.Bring(plan, apply: false, ct) : changes;
        return new PermissionsReport(plan, Complete: true, FineGrained: true, left, apply ? changes : [], await Unseen(plan, ct), bypassing);
    }

    private async Task<PermissionPlan> Plan(KeycloakClient client, RealmSight sight, CancellationToken ct)
    {
        var logins = await policy.Look(ct) is PolicyReading.Good good ? good.Policy.Logins.Keys : [];
        return await new PlanPermissions(client, new KeycloakDirectory(client, sight, new ClientNames(client)), entitlements, staff, clientId, [.. logins], managesLoginPolicies).Make(ct);
    }

    private static async Task<IReadOnlyList<string>> Bypassing(KeycloakClient client, string account, CancellationToken ct)
    {
        if (await client.Client(ClientNames.RealmManagement, ct) is not { } management)
            return [];
        return
        [
            .. (await client.Api.UserEffectiveClientRoles(account, management.Id, ct)).Select(role => role.Name)
                .Where(role => ManagementRoles.Bypassing.Contains(role) || ManagementRoles.Dangerous.Contains(role)).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>By the bot's own account, each by itself: lists leave out in silence.</summary>
    private async Task<IReadOnlyList<string>> Unseen(PermissionPlan plan, CancellationToken ct)
    {
        var unseen = new List<string>();
        foreach (var permission in plan.Permissions)
        {
            foreach (var resource in permission.Resources ?? [])
            {
                if (!await Sees(permission.ResourceType, resource, ct))
                    unseen.Add($"{permission.ResourceType.ToLowerInvariant().TrimEnd('s')} {resource.Name}");
            }
        }

        return unseen;
    }

    private async Task<bool> Sees(string type, NamedResource resource, CancellationToken ct)
    {
        try
        {
            switch (type)
            {
                case "Groups":
                    await own.Api.Group(resource.Id, ct);
                    return true;
                case "Roles":
                    await own.Api.Role(resource.Id, ct);
                    return true;
                default:
                    return await own.Client(resource.Name, ct) is not null;
            }
        }
        catch (KeycloakException e) when (e.Failure is KeycloakFailure.Forbidden or KeycloakFailure.NotFound)
        {
            return false;
        }
    }
}
