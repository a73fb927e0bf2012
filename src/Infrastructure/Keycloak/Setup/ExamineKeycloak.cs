using System.Globalization;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Health;
using ChatGovernance.Core.Policies;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Keycloak.Setup;

/// <summary>Whether Keycloak answers, lets the bot's account do what it must and no more, and keeps what the bot reads.</summary>
internal sealed class ExamineKeycloak(KeycloakClient client, KeycloakTokens tokens, RealmSight sight, IOptions<KeycloakOptions> options, LoginClient login) : IExaminer
{
    /// <summary>Keycloak's clock is read in whole seconds.</summary>
    private static readonly TimeSpan clockTolerance = TimeSpan.FromSeconds(3);

    /// <summary>Live grants are checked once a day: what happened since then must still be there.</summary>
    private static readonly TimeSpan keptAtLeast = TimeSpan.FromDays(1);

    private static readonly TimeSpan keptBetter = TimeSpan.FromDays(30);

    /// <summary>The year 3000, in milliseconds: a question that reads nothing.</summary>
    private const long FarFuture = 32_503_680_000_000;

    private IKeycloakApi Api => client.Api;

    public string Part => "Keycloak";

    public async Task<IReadOnlyList<Check>> Examine(CancellationToken ct)
    {
        RealmRow realm;
        Check clock;
        try
        {
            clock = await Clock(ct);
            realm = await Api.Realm(ct);
        }
        catch (KeycloakException e)
        {
            return [Unanswered(e)];
        }

        List<Check> checks = [Check.Ok("answers", "It answers, and takes the bot's credentials."), clock];
        checks.Add(realm.Id is null
            ? Check.Failed(Of(ManagementRoles.ViewRealm), "The bot may not see the realm's id and roles.", Give(ManagementRoles.ViewRealm))
            : Check.Ok(Of(ManagementRoles.ViewRealm), "The bot sees the realm's id and roles."));
        checks.Add(await Try(Of(ManagementRoles.ViewEvents), "The bot reads admin events.", "The bot may not read admin events: it cannot tell what it gave from what others gave.", Give(ManagementRoles.ViewEvents), () => Api.AdminEventsSince(FarFuture, 0, 1, ct)));
        checks.Add(await Try("people", "The bot sees people.", "The bot may not see people.", GiveOr(ManagementRoles.ManageUsers), () => sight.RequirePeople(ct)));
        checks.Add(await Try("groups", "The bot sees groups.", "The bot may not see groups.", GiveOr(ManagementRoles.ManageUsers), () => sight.RequireGroups(ct)));
        checks.Add(await Try("clients", "The bot sees realm-management, so it knows what administers.", "The bot may not see realm-management, so it cannot tell what administers, and offers nothing.", GiveOr(ManagementRoles.ViewClients), () => sight.ManagementClient(ct)));
        checks.AddRange(await Privileges(realm, ct));
        checks.AddRange(Events(realm));
        if (!string.IsNullOrWhiteSpace(options.Value.EventSecret))
            checks.Add(LoginEvents(realm));
        checks.AddRange(await login.Examine(client, realm, ct));
        return checks;
    }

    /// <summary>By a new token, which the server signs with its own time; what stands before it may have another.</summary>
    private async Task<Check> Clock(CancellationToken ct)
    {
        tokens.Discard(await tokens.Get(ct));
        var asked = TimeProvider.System.GetUtcNow();
        var token = await tokens.Get(ct);
        return token.IssuedAt is { } issued
            ? Clocks.Compare("clock", "Keycloak's clock", issued, asked, TimeProvider.System.GetUtcNow(), clockTolerance)
            : Check.Unknown("clock", "The token does not say when it was issued.", "Leave the claim iat in the tokens of the bot's client.");
    }

    private Check Unanswered(KeycloakException e) => e.Failure switch
    {
        KeycloakFailure.NoAnswer or KeycloakFailure.Unavailable => Check.Failed("answers", "It does not answer.", "Check Keycloak:Url, and whether the server runs and can be reached from here."),
        KeycloakFailure.Unauthorized => Check.Failed("answers", $"It does not take the bot's credentials ({e.Status?.ToString(CultureInfo.InvariantCulture) ?? "no status"}).", "Check Keycloak:Realm, Keycloak:ClientId and Keycloak:ClientSecret; service accounts must be on for the client."),
        KeycloakFailure.Forbidden => Check.Failed(Of(ManagementRoles.ViewRealm), $"The bot's account may see nothing of the realm {options.Value.Realm}.", Give(ManagementRoles.ViewRealm)),
        _ => Check.Failed("answers", "What answers is not Keycloak's Admin REST API of this realm.", "Check Keycloak:Url (with its path, if any) and Keycloak:Realm."),
    };

    private static async Task<Check> Try(string name, string fine, string wrong, string mend, Func<Task> call)
    {
        try
        {
            await call();
            return Check.Ok(name, fine);
        }
        catch (KeycloakException e) when (e.Failure is KeycloakFailure.Forbidden or KeycloakFailure.NotFound)
        {
            return Check.Failed(name, wrong, mend);
        }
        catch (KeycloakException e)
        {
            return Check.Unknown(name, Sentences.For(Readings.DoubtOf(e)), "Look again once that is settled.");
        }
    }

    private async Task<IReadOnlyList<Check>> Privileges(RealmRow realm, CancellationToken ct)
    {
        const string Changes = "changes";
        const string Excess = "excess";
        try
        {
            var self = await sight.Self(ct);
            var management = await sight.ManagementClient(ct);
            var roles = (await Api.UserEffectiveClientRoles(self, management.Id, ct)).Select(role => role.Name).ToHashSet(StringComparer.Ordinal);
            var account = await Api.User(self, ct);
            var classic = roles.Contains(ManagementRoles.ManageUsers);
            return
            [
                classic ? Check.Ok(Changes, "The bot may give and take away memberships and roles.") : await FineGrained(Changes, account, ct),
                .. OfSessions(classic, account),
                .. await OfLoginPolicies(roles, ct),
                OfExcess(Excess, roles, classic && realm.AdminPermissionsEnabled == true, classic),
            ];
        }
        catch (KeycloakException e)
        {
            return [Check.Unknown(Excess, $"What the bot's own account may do cannot be read. {Sentences.For(Readings.DoubtOf(e))}", "Settle first what else is not well, then look again.")];
        }
    }

    /// <summary>The server itself says what the caller may do with the one whom it describes.</summary>
    private async Task<Check> FineGrained(string name, UserRow account, CancellationToken ct)
    {
        if (account.Access is not { } access || !access.GetValueOrDefault("manageGroupMembership") || !access.GetValueOrDefault("mapRoles"))
            return Check.Failed(name, "The bot may change neither memberships nor roles of people.", $"{Give(ManagementRoles.ManageUsers)} Or switch fine-grained admin permissions on and run chatgovernance permissions --apply.");

        var closed = new List<string>();
        foreach (var group in await client.GroupsWith(Attributes.Requestable, "true", ct))
        {
            if ((await Api.Group(group.Id, ct)).Access?.GetValueOrDefault("manageMembership") != true)
                closed.Add(group.Path ?? group.Name);
        }

        return closed.Count == 0
            ? Check.Ok(name, "By fine-grained permissions the bot may change memberships of the groups that it sees marked, and roles that are listed.")
            : Check.Failed(name, $"The bot may not change who is in {Sentences.List(closed, 8)}.", "Run chatgovernance permissions --apply.");
    }

    /// <summary>Ending sessions needs the right to manage people, which the usual role brings along.</summary>
    private IEnumerable<Check> OfSessions(bool classic, UserRow account)
    {
        const string Name = "sessions";
        var may = classic || account.Access?.GetValueOrDefault("manage") == true;
        if (options.Value.EndSessionsOnRevoke)
        {
            yield return may
                ? Check.Ok(Name, "The bot may end the sessions of those who lose access.")
                : Check.Failed(Name, "The bot may not end sessions, although Keycloak:EndSessionsOnRevoke is on.", "Give it the permission to manage Users (which also lets it change and delete them), or set Keycloak:EndSessionsOnRevoke to false.");
        }
        else if (may && !classic)
        {
            yield return Check.Warning(Name, "A fine-grained permission lets the bot manage people (change and delete them), which it does not need.", "Take the scope manage of Users away from it, or set Keycloak:EndSessionsOnRevoke to true if sessions are to be ended.");
        }
    }

    /// <summary>Setting login policies needs the right to change the clients that have them.</summary>
    private async Task<IReadOnlyList<Check>> OfLoginPolicies(HashSet<string> roles, CancellationToken ct)
    {
        const string Name = "login policies";
        var clients = await client.Clients(ct);
        if (!options.Value.ManageLoginPolicies)
        {
            var may = clients.Where(MayChange).Select(row => row.ClientId).ToList();
            return may.Count == 0 || roles.Contains(ManagementRoles.ManageClients)
                ? []
                : [Check.Warning(Name, $"A fine-grained permission lets the bot change {Sentences.List(may, 8)}, which it does not need.", "Run chatgovernance permissions --apply, or set Keycloak:ManageLoginPolicies to true if login policies are to be set from chat.")];
        }

        var closed = clients.Where(row => KeycloakLoginPolicies.HasPolicy(row) && !MayChange(row)).Select(row => row.ClientId).ToList();
        return
        [
            roles.Contains(ManagementRoles.ManageClients) ? Check.Ok(Name, "The bot may set what clients ask for at login.")
            : closed.Count > 0 || !clients.Any(MayChange) ? Check.Failed(Name, $"The bot may not set what {(closed.Count > 0 ? Sentences.List(closed, 8) : "any client")} asks for at login, although Keycloak:ManageLoginPolicies is on.", $"Run chatgovernance permissions --apply (or give it the role {ManagementRoles.ManageClients} of realm-management, with which whoever takes it over has every client), or set Keycloak:ManageLoginPolicies to false.")
            : Check.Ok(Name, "The bot may set what those clients ask for at login that have a login policy, or are named in the policy file."),
        ];
    }

    private static bool MayChange(ClientRow row) => row.Access?.GetValueOrDefault("configure") == true;

    /// <param name="bypasses">Fine-grained permissions are on, and mean nothing beside what the account has.</param>
    private Check OfExcess(string name, HashSet<string> roles, bool bypasses, bool classic)
    {
        var dangerous = ManagementRoles.Dangerous.Where(role => roles.Contains(role) && !(options.Value.ManageLoginPolicies && role == ManagementRoles.ManageClients)).ToList();
        if (dangerous.Count > 0)
            return Check.Failed(name, $"The bot's account has {Sentences.List(dangerous, 10)}: whoever takes it over has the realm.", "Take these roles of realm-management away from it.");
        if (bypasses)
            return Check.Warning(name, $"Fine-grained permissions are on in the realm, but {ManagementRoles.ManageUsers} lets the bot change anybody and any group.", "Run chatgovernance permissions --apply, then take that role away.");

        IReadOnlyList<string> needed = [.. classic ? [.. ManagementRoles.Classic, ManagementRoles.ViewUsers] : ManagementRoles.FineGrained, ManagementRoles.ManageClients];
        var more = roles.Where(role => !needed.Contains(role) && !ManagementRoles.IsHarmless(role)).Order(StringComparer.Ordinal).ToList();
        return more.Count == 0
            ? Check.Ok(name, "The bot's account has no role of realm-management that it does not need.")
            : Check.Warning(name, $"The bot's account has {Sentences.List(more, 10)}, which it does not need.", "Take these roles of realm-management away from it.");
    }

    private static IEnumerable<Check> Events(RealmRow realm)
    {
        const string Name = "admin events";
        if (realm.AdminEventsEnabled is not { } on)
            return [Check.Unknown(Name, "Whether admin events are stored cannot be read.", Give(ManagementRoles.ViewRealm))];
        if (!on)
            return [Check.Failed(Name, "Admin events are off: the bot cannot tell what it gave from what others gave, and notices changes at the daily check only.", "Switch them on: Realm settings, Events, Admin events settings.")];
        if (realm.AdminEventsDetailsEnabled != true)
            return [Check.Failed(Name, "Admin events are stored without representations, which say what role a change was about.", "Switch \"Include representation\" on beside admin events.")];
        if (!long.TryParse(realm.Attributes?.GetValueOrDefault("adminEventsExpiration"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds == 0)
            return [Check.Ok(Name, "Admin events are stored with representations, and kept for ever.")];

        var kept = TimeSpan.FromSeconds(Math.Min(seconds, (long)TimeSpan.FromDays(36500).TotalSeconds));
        return
        [
            kept <= keptAtLeast ? Check.Failed(Name, $"Admin events are kept for {Sentences.Span(kept)}: what happens between two daily checks may be gone.", $"Keep them for {Sentences.Span(keptBetter)} or more, and longer than the longest access.")
            : kept < keptBetter ? Check.Warning(Name, $"Admin events are kept for {Sentences.Span(kept)}: of longer access the bot cannot tell at its end who gave it.", $"Keep them for {Sentences.Span(keptBetter)} or more, and longer than the longest access.")
            : Check.Ok(Name, $"Admin events are stored with representations, and kept for {Sentences.Span(kept)}."),
        ];
    }

    /// <summary>The provider writes down whom it did not let in; empty types: those that Keycloak saves by default, this one among them.</summary>
    private static Check LoginEvents(RealmRow realm)
    {
        const string Name = "login events";
        const string Type = "LOGIN_ERROR";
        const string Mend = "Switch \"Save events\" on under Realm settings, Events, User events settings, with \"Login error\" among the types.";
        return realm switch
        {
            { EventsEnabled: null } => Check.Unknown(Name, "Whether login events are stored cannot be read.", Give(ManagementRoles.ViewRealm)),
            { EventsEnabled: false } => Check.Failed(Name, "Login events are not stored: nobody who is not let in is offered access.", Mend),
            { EnabledEventTypes: { Count: > 0 } types } when !types.Contains(Type) => Check.Failed(Name, $"Login events of the type {Type} are not stored: nobody who is not let in is offered access.", Mend),
            _ => Check.Ok(Name, "Denied logins are stored, and those people are offered access."),
        };
    }

    private static string Of(string role) => $"privilege {role}";

    private static string Give(string role) => $"Give the bot's service account the role {role} of realm-management.";

    private static string GiveOr(string role) => $"{Give(role)} With fine-grained permissions: chatgovernance permissions --apply.";
}
