using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

/// <summary>Plays steps against one server; ids become names, so that the answers of two servers can be compared.</summary>
internal sealed partial class ContractRun : IDisposable
{
    private readonly TestRealm realm;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> tokens = new(StringComparer.Ordinal);

    private ContractRun(TestRealm realm) => this.realm = realm;

    public static async Task<ContractRun> On(TestRealm realm, CancellationToken ct)
    {
        var run = new ContractRun(realm);
        await run.LearnIds(ct);
        return run;
    }

    public async Task<ContractAnswer> Play(ContractStep step, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(new HttpMethod(step.Method), new Uri(realm.Server, realm.Admin(Resolved(step.Path))));
        if (step.Caller != "-")
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", step.Caller == "?" ? "a.b.c" : await Token(step.Caller, ct));
        if (step.Body is not null)
            request.Content = new StringContent(Resolved(step.Body), Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, ct);
        string text = await response.Content.ReadAsStringAsync(ct);
        return new ContractAnswer((int)response.StatusCode, text.Length == 0 ? null : Normal.Body(step.Path, JsonNode.Parse(text), Named));
    }

    public async Task<ContractAnswer> AskToken(string realmName, IReadOnlyDictionary<string, string> form, CancellationToken ct)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await http.PostAsync(TokenUrl(realmName), content, ct);
        return new ContractAnswer((int)response.StatusCode, Normal.Body("token", JsonNode.Parse(await response.Content.ReadAsStringAsync(ct)), Named));
    }

    public string RealmName => realm.Name;

    public void Dispose() => http.Dispose();

    private Uri TokenUrl(string realmName) => new(realm.Server, $"realms/{Uri.EscapeDataString(realmName)}/protocol/openid-connect/token");

    private async Task<string> Token(string caller, CancellationToken ct)
    {
        if (tokens.TryGetValue(caller, out string? known))
            return known;
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", caller), new("client_secret", ContractRealm.Secret)]);
        using var response = await http.PostAsync(TokenUrl(realm.Name), form, ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return tokens[caller] = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(ct))!["access_token"]!;
    }

    private async Task LearnIds(CancellationToken ct)
    {
        Learn("{realm}", await realm.Get("", ct));
        foreach (var group in await Rows("groups?q=x&populateHierarchy=false&max=10000", ct))
            Learn($"{{group:{group["path"]}}}", group);
        foreach (var user in await Rows("users?max=10000", ct))
            Learn($"{{user:{user["username"]}}}", user);
        foreach (var role in await Rows("roles", ct))
            Learn($"{{role:{role["name"]}}}", role);
        foreach (var client in await Rows("clients", ct))
        {
            Learn($"{{client:{client["clientId"]}}}", client);
            foreach (var role in await Rows($"clients/{client["id"]}/roles", ct))
                Learn($"{{role:{client["clientId"]}/{role["name"]}}}", role);
            if ((bool?)client["serviceAccountsEnabled"] == true)
                Learn($"{{user:service-account-{client["clientId"]}}}", await realm.Get($"clients/{client["id"]}/service-account-user", ct));
        }
    }

    private async Task<IEnumerable<JsonNode>> Rows(string path, CancellationToken ct) => (await realm.Get(path, ct))!.AsArray().Select(r => r!);

    private void Learn(string name, JsonNode? row)
    {
        string id = (string)row!["id"]!;
        // A group called "a/b" shows the path of the child b of a.
        if (!ids.TryAdd(name, id))
            ids.Add(name = $"{name[..^1]}#2}}", id);
        names[id] = name;
    }

    private string Resolved(string text) => Reference().Replace(text, m => ids.TryGetValue(m.Value, out string? id) ? id : throw new ArgumentException($"Nothing is called {m.Value}"));

    private string Named(string text) => Uuid().Replace(text, m => names.GetValueOrDefault(m.Value, m.Value.StartsWith("00000000", StringComparison.Ordinal) ? m.Value : "{?}"))
        .Replace(realm.Name, "{name}", StringComparison.Ordinal);

    [GeneratedRegex("""\{(?:group|user|role|client):[^}]*\}|\{realm\}""")]
    private static partial Regex Reference();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}

internal sealed record ContractAnswer(int Status, JsonNode? Body);
