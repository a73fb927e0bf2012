using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>The token endpoint, and who a token belongs to. Callers hold the realm's lock.</summary>
internal sealed class RealmTokens(RealmState realm, RealmLogins logins, TimeProvider time, string administrator, string password)
{
    private static readonly RealmCaller Everything = new(RealmState.NewId(), RealmState.NewId(), RealmState.NewId(), null);

    private readonly Dictionary<string, Issued> issued = new(StringComparer.Ordinal);

    /// <summary>The server's own administrator, as in Keycloak's realm <c>master</c>.</summary>
    public static RealmCaller Administrator => Everything;

    public void Revoke() => issued.Clear();

    public RealmAnswer Answer(string realmName, IFormCollection form, string server)
    {
        if (realmName == "master")
            return Master(form);
        if (realmName != realm.Name)
            throw RealmRefusal.NotFound("Realm does not exist");
        string? grant = form["grant_type"];
        if (grant is null)
            throw new RealmRefusal(400, "invalid_request", "Missing form parameter: grant_type");

        const string wrong = "Invalid client or Invalid client credentials";
        if (realm.Client(form["client_id"].ToString()) is not { Enabled: true } client)
            throw new RealmRefusal(401, "invalid_client", wrong);
        if (!client.PublicClient && (client.Secret is null || client.Secret != form["client_secret"]))
            throw new RealmRefusal(401, "unauthorized_client", wrong);
        if (grant == "authorization_code" && client.StandardFlowEnabled)
        {
            var (person, id) = logins.Redeem(client, form, server);
            var answer = Issue(person, client, realm.AccessTokenLifespan, server, time.GetUtcNow());
            answer.Body!["id_token"] = id;
            return answer;
        }

        if (grant == "password" && client.DirectAccessGrantsEnabled)
        {
            if (realm.User(form["username"].ToString()) is not { ServiceAccountOf: null, Password: { } known } named || known != form["password"])
                throw new RealmRefusal(400, "invalid_grant", "Invalid user credentials");
            if (!named.Enabled)
                throw new RealmRefusal(400, "invalid_grant", "Account disabled");
            return Issue(named, client, realm.AccessTokenLifespan, server, null);
        }

        if (grant != "client_credentials")
            throw new RealmRefusal(400, "unsupported_grant_type", "Unsupported grant_type");
        if (client.PublicClient)
            throw new RealmRefusal(401, "unauthorized_client", "Public client not allowed to retrieve service account");
        var user = realm.Users.Values.FirstOrDefault(u => u.ServiceAccountOf == client.Id);
        if (!client.ServiceAccountsEnabled || user is null)
            throw new RealmRefusal(401, "unauthorized_client", "Client not enabled to retrieve service account");
        return Issue(user, client, realm.AccessTokenLifespan, server, null);
    }

    /// <exception cref="RealmRefusal">401: none, none of ours, expired, or its client or user is gone or disabled.</exception>
    public RealmCaller Caller(string? authorization)
    {
        const string scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            || !issued.TryGetValue(authorization[scheme.Length..], out var token) || token.ExpiresAt <= time.GetUtcNow())
            throw RealmRefusal.Unauthorized();
        if (token.User is null)
            return Everything;
        if (!realm.Clients.TryGetValue(token.Client!, out var client) || !client.Enabled
            || !realm.Users.TryGetValue(token.User, out var user) || !user.Enabled)
            throw RealmRefusal.Unauthorized();
        var roles = realm.EffectiveRoles(user).Where(realm.IsAdministrative).Select(r => realm.Roles[r].Name);
        return new RealmCaller(realm.Id, client.Id, user.Id, roles.ToHashSet(StringComparer.Ordinal));
    }

    private RealmAnswer Master(IFormCollection form) =>
        form["grant_type"] == "password" && form["client_id"] == "admin-cli" && form["username"] == administrator && form["password"] == password
            ? Issue(null, null, 300, "", null)
            : throw new RealmRefusal(401, "invalid_grant", "Invalid user credentials");

    /// <param name="user">Null: the server's administrator.</param>
    /// <param name="loggedInAt">Null: nobody has, in a browser.</param>
    private RealmAnswer Issue(RealmUser? user, RealmClient? client, int seconds, string server, DateTimeOffset? loggedInAt)
    {
        var now = time.GetUtcNow();
        var claims = new JsonObject
        {
            ["exp"] = now.AddSeconds(seconds).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["jti"] = RealmState.NewId(),
            ["iss"] = RealmLogins.Issuer(user is null ? "master" : realm.Name, server),
            ["sub"] = user?.Id ?? Everything.User,
            ["typ"] = "Bearer",
            ["azp"] = client?.ClientId ?? "admin-cli",
        };
        if (loggedInAt is { } at)
            (claims["auth_time"], claims["acr"]) = (at.ToUnixTimeSeconds(), "1");
        if (user is not null && client is not null)
            AddAccess(claims, user, client);
        var token = logins.Sign(claims);
        issued[token] = new Issued(user?.Id, client?.Id, now.AddSeconds(seconds));
        return RealmAnswer.Ok(new JsonObject
        {
            ["access_token"] = token,
            ["expires_in"] = seconds,
            ["refresh_expires_in"] = 0,
            ["token_type"] = "Bearer",
            ["not-before-policy"] = 0,
            ["scope"] = "profile email",
        });
    }

    /// <summary>Roles by client, and those clients as audiences, as Keycloak's scope <c>roles</c> does; one audience is a text, several are a list.</summary>
    private void AddAccess(JsonObject claims, RealmUser user, RealmClient client)
    {
        var byClient = realm.EffectiveRoles(user).Select(id => realm.Roles[id]).Where(role => role.Client is not null).ToLookup(role => realm.Clients[role.Client!].ClientId, StringComparer.Ordinal);
        var audiences = byClient.Select(roles => roles.Key).Where(name => name != client.ClientId).Concat(client.Audiences).Distinct(StringComparer.Ordinal).ToList();
        if (audiences.Count > 0)
            claims["aud"] = audiences is [var only] ? only : new JsonArray([.. audiences.Select(name => JsonValue.Create(name))]);
        claims["resource_access"] = new JsonObject(byClient.Select(roles =>
            KeyValuePair.Create<string, JsonNode?>(roles.Key, new JsonObject { ["roles"] = new JsonArray([.. roles.Select(role => JsonValue.Create(role.Name))]) })));
    }

    /// <param name="User">Null for the server's administrator.</param>
    private sealed record Issued(string? User, string? Client, DateTimeOffset ExpiresAt);
}
