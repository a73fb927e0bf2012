using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>
/// What the bot's own pages need of a browser login: the code flow with PKCE for confidential clients, a login page, and the realm's key.
/// Everybody gives their password each time, as with <c>prompt=login</c>. Callers hold the realm's lock.
/// </summary>
internal sealed class RealmLogins(RealmState realm, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan codeLife = TimeSpan.FromMinutes(1);

    private readonly List<Key> keys = [Key.New()];
    private readonly Dictionary<string, Asked> asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Code> codes = new(StringComparer.Ordinal);

    public void Dispose() => keys.ForEach(key => key.Pair.Dispose());

    /// <summary>From now on tokens are signed with another key, and the one before is no longer the realm's.</summary>
    public void Rotate()
    {
        keys.Add(Key.New());
        keys[0].Pair.Dispose();
        keys.RemoveAt(0);
    }

    public RealmAnswer Discovery(string realmName, string server)
    {
        var issuer = Issuer(Known(realmName), server);
        return RealmAnswer.Ok(new JsonObject
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = $"{issuer}/protocol/openid-connect/auth",
            ["token_endpoint"] = $"{issuer}/protocol/openid-connect/token",
            ["jwks_uri"] = $"{issuer}/protocol/openid-connect/certs",
            ["response_types_supported"] = new JsonArray("code"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
        });
    }

    public RealmAnswer Certificates(string realmName)
    {
        Known(realmName);
        return RealmAnswer.Ok(new JsonObject
        {
            ["keys"] = new JsonArray([.. keys.Select(key => new JsonObject
            {
                ["kid"] = key.Id,
                ["kty"] = "RSA",
                ["alg"] = "RS256",
                ["use"] = "sig",
                ["n"] = Base64Url.EncodeToString(key.Pair.ExportParameters(includePrivateParameters: false).Modulus),
                ["e"] = Base64Url.EncodeToString(key.Pair.ExportParameters(includePrivateParameters: false).Exponent),
            })]),
        });
    }

    /// <summary>The login page, or what Keycloak says of a client that may not ask for one.</summary>
    public (int Status, string Html) Ask(string realmName, IQueryCollection query)
    {
        if (realmName != realm.Name)
            return (404, Page("Page not found", ""));
        if (realm.Client(query["client_id"].ToString()) is not { Enabled: true } client)
            return (400, Page("Client not found.", ""));
        if (!client.StandardFlowEnabled)
            return (400, Page("Client is not allowed to initiate browser login with given response_type.", ""));
        if (!client.RedirectUris.Any(allowed => Fits(allowed, query["redirect_uri"].ToString())))
            return (400, Page("Invalid parameter: redirect_uri", ""));
        if (query["response_type"] != "code" || query["code_challenge_method"] != "S256" || !query["scope"].ToString().Split(' ').Contains("openid"))
            return (400, Page("The sandbox realm speaks the code flow with PKCE alone.", ""));

        string session = RealmState.NewId();
        asked[session] = new Asked(client.Id, query["redirect_uri"]!, query["state"], query["nonce"], query["code_challenge"]!);
        return (200, LoginPage(session, ""));
    }

    /// <returns>The address to send the browser to, or the page again.</returns>
    public (string? Location, string Html) LogIn(string realmName, string session, IFormCollection form)
    {
        if (realmName != realm.Name || !asked.TryGetValue(session, out var question))
            return (null, Page("Your login has expired.", ""));
        if (form["cancel"].Count > 0)
            return (Back(question, "error", "access_denied"), "");
        if (realm.User(form["username"].ToString()) is not { ServiceAccountOf: null, Password: { } password } user || password != form["password"])
            return (null, LoginPage(session, "Invalid username or password."));
        if (!user.Enabled)
            return (null, LoginPage(session, "Account is disabled, contact your administrator."));

        asked.Remove(session);
        string code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        codes[code] = new Code(question, user.Id, time.GetUtcNow());
        return (Back(question, "code", code), "");
    }

    /// <summary>Nobody stays logged in here, so there is nothing to end: the pages that Keycloak shows.</summary>
    public static string AskLogOut() => Page("Logging out", """<p>Do you want to log out?</p><form method="post"><button>Logout</button></form>""");

    public static string LogOut() => Page("You are logged out", "");

    /// <summary>An ID token for a code. The client has proved itself.</summary>
    public (RealmUser User, string Token) Redeem(RealmClient client, IFormCollection form, string server)
    {
        if (!codes.Remove(form["code"].ToString(), out var code) || code.Asked.Client != client.Id || time.GetUtcNow() > code.At + codeLife)
            throw new RealmRefusal(400, "invalid_grant", "Code not valid");
        if (code.Asked.RedirectUri != form["redirect_uri"])
            throw new RealmRefusal(400, "invalid_grant", "Incorrect redirect_uri");
        if (Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != code.Asked.Challenge)
            throw new RealmRefusal(400, "invalid_grant", "PKCE verification failed: Code mismatch");

        var (user, now) = (realm.Users[code.User], time.GetUtcNow());
        return (user, Sign(new JsonObject
        {
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["auth_time"] = code.At.ToUnixTimeSeconds(),
            ["jti"] = RealmState.NewId(),
            ["iss"] = Issuer(realm.Name, server),
            ["aud"] = client.ClientId,
            ["sub"] = user.Id,
            ["typ"] = "ID",
            ["azp"] = client.ClientId,
            ["nonce"] = code.Asked.Nonce,
            ["sid"] = RealmState.NewId(),
            ["acr"] = "1",
            ["preferred_username"] = user.Username,
        }));
    }

    /// <summary>With the realm's key.</summary>
    public string Sign(JsonObject claims)
    {
        var key = keys[^1];
        string signed = $"{Part(new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = key.Id })}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Pair.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private string Known(string realmName) => realmName == realm.Name ? realmName : throw RealmRefusal.NotFound("Realm does not exist");

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    public static string Issuer(string realmName, string server) => $"{server}/realms/{Uri.EscapeDataString(realmName)}";

    private static string Back(Asked question, string name, string value)
    {
        var query = new Dictionary<string, string?> { [name] = value };
        if (question.State is { } state)
            query["state"] = state;
        return question.RedirectUri + QueryString.Create(query).ToUriComponent();
    }

    /// <summary>As Keycloak does: a star stands for any end, and a loopback address without a port for any port.</summary>
    private static bool Fits(string allowed, string asked)
    {
        if (!Uri.TryCreate(asked, UriKind.Absolute, out var address))
            return false;
        string[] same = address.IsLoopback ? [asked, $"{address.Scheme}://{address.Host}{address.PathAndQuery}"] : [asked];
        return same.Any(one => allowed.EndsWith('*') ? one.StartsWith(allowed[..^1], StringComparison.Ordinal) : one == allowed);
    }

    private string LoginPage(string session, string problem) => Page($"Sign in to {realm.DisplayName ?? realm.Name}", $"""
        <p role="alert">{HtmlEncoder.Default.Encode(problem)}</p>
        <form method="post" action="/realms/{Uri.EscapeDataString(realm.Name)}/login-actions/authenticate?session={session}">
        <p><label>Username <input name="username" autocomplete="username" autofocus></label></p>
        <p><label>Password <input name="password" type="password" autocomplete="current-password"></label></p>
        <p><button>Sign In</button> <button name="cancel" value="1">Cancel</button></p>
        </form>
        <p>In the sandbox everybody's password is their username.</p>
        """);

    private static string Page(string title, string body) => $"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{HtmlEncoder.Default.Encode(title)}</title></head>
        <body><h1>{HtmlEncoder.Default.Encode(title)}</h1>{body}</body></html>
        """;

    private sealed record Key(string Id, RSA Pair)
    {
        public static Key New() => new(RealmState.NewId(), RSA.Create(2048));
    }

    private sealed record Asked(string Client, string RedirectUri, string? State, string? Nonce, string Challenge);

    private sealed record Code(Asked Asked, string User, DateTimeOffset At);
}
