using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>The token endpoint, and who a token belongs to. Callers hold the realm's lock.</summary>
internal sealed class RealmTokens(RealmState realm, RealmLogins logins, TimeProvider time, string administrator, string password)
{
    private static readonly RealmCaller Everything = new(RealmState.NewId(), RealmState.NewId(), RealmState.NewId(), null);

    private readonly Dictionary<string, Issued> issued = new(StringComparer.Ordinal);
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

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
            string id = logins.Redeem(client, form, server);
            var answer = Issue(null, client, realm.AccessTokenLifespan);
            answer.Body!["id_token"] = id;
            // A person's token opens nothing here.
            issued.Remove((string)answer.Body["access_token"]!);
            return answer;
        }

        if (grant != "client_credentials")
            throw new RealmRefusal(400, "unsupported_grant_type", "Unsupported grant_type");
        if (client.PublicClient)
            throw new RealmRefusal(401, "unauthorized_client", "Public client not allowed to retrieve service account");
        var user = realm.Users.Values.FirstOrDefault(u => u.ServiceAccountOf == client.Id);
        if (!client.ServiceAccountsEnabled || user is null)
            throw new RealmRefusal(401, "unauthorized_client", "Client not enabled to retrieve service account");
        return Issue(user.Id, client, realm.AccessTokenLifespan);
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
            ? Issue(null, null, 300)
            : throw new RealmRefusal(401, "invalid_grant", "Invalid user credentials");

    private RealmAnswer Issue(string? user, RealmClient? client, int seconds)
    {
        var now = time.GetUtcNow();
        var claims = new JsonObject
        {
            ["exp"] = now.AddSeconds(seconds).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["jti"] = RealmState.NewId(),
            ["sub"] = user ?? Everything.User,
            ["typ"] = "Bearer",
            ["azp"] = client?.ClientId ?? "admin-cli",
        };
        string signed = $"{Part("""{"alg":"HS256","typ":"JWT"}""")}.{Part(claims.ToJsonString())}";
        string token = $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}";
        issued[token] = new Issued(user, client?.Id, now.AddSeconds(seconds));
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

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    /// <param name="User">Null for the server's administrator.</param>
    private sealed record Issued(string? User, string? Client, DateTimeOffset ExpiresAt);
}
