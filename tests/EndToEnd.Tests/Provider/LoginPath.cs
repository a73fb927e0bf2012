using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.EndToEnd.Tests.Provider;

/// <summary>
/// A way to get something out of Keycloak for a client: what comes before a role is taken away, and what comes after. Each ends with an
/// access token or an assertion, or with nothing.
/// </summary>
internal sealed partial class LoginPath(LoginPolicyRealm realm, TestUser user) : IDisposable
{
    private readonly LoginBrowser browser = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    /// <summary>What Keycloak said last.</summary>
    public string Said { get; private set; } = "";

    public static IReadOnlyDictionary<string, Func<LoginPath, Task<Func<Task<string?>>?>>> OpenId { get; } = new Dictionary<string, Func<LoginPath, Task<Func<Task<string?>>?>>>
    {
        ["form"] = path => At(() => path.Redeem(path.ByForm())),
        ["session"] = async path => await path.HasSession() ? () => path.Redeem(path.BySession()) : null,
        ["session, no page"] = async path => await path.HasSession() ? () => path.Redeem(path.BySession("&prompt=none")) : null,
        ["action asked for by the application"] = path => At(() => path.Redeem(path.ByForm($"&kc_action={LoginPolicyRealm.Action}"))),
        ["implicit"] = path => At(async () => Parameter(await path.ByForm("&nonce=n", "token"), "access_token")),
        ["hybrid"] = path => At(async () => Parameter(await path.ByForm("&nonce=n", "code token"), "access_token")),
        ["implicit, in a session"] = async path => await path.HasSession() ? async () => Parameter(await path.BySession("&nonce=n", "token"), "access_token") : null,
        ["code exchange"] = async path => Parameter(await path.ByForm(), "code") is { } code ? () => path.Exchange(code) : null,
        ["direct grant"] = path => At(() => path.Grant("access_token", path.Password("openid"))),
        ["refresh"] = async path => await path.Grant("refresh_token", path.Password("openid")) is { } token ? () => path.Refresh(token) : null,
        ["offline"] = async path => await path.Grant("refresh_token", path.Password("openid offline_access")) is { } token ? () => path.Refresh(token) : null,
        ["token exchange"] = async path => await path.Grant("access_token", path.Password("openid", client: "open")) is { } token
            ? () => path.Grant("access_token", [("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("client_id", "app"), ("client_secret", "app"), ("subject_token", token), ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")])
            : null,
        ["user-managed access"] = async path => await path.Grant("access_token", path.Password("openid")) is { } token
            ? () => path.Grant("access_token", [("grant_type", "urn:ietf:params:oauth:grant-type:uma-ticket"), ("audience", "app"), ("client_id", "app"), ("client_secret", "app"), ("subject_token", token)])
            : null,
        ["identity brokering"] = async path => await path.IsLinked() ? () => path.Redeem(path.ByBroker(LoginPolicyRealm.OtherProvider)) : null,
        ["device"] = path => At(path.ByDevice),
        ["consent"] = path => At(() => path.Consents()),
        ["consent, given after the role was lost"] = async path => await path.AboutToConsent() is { } page ? () => path.Consents(page) : null,
        ["asked on the phone"] = path => At(path.ByPhone),
        ["asked on the phone, polled after the role was lost"] = async path => await path.AllowByPhone() is { } request ? () => path.PollPhone(request) : null,
        ["device, polled after the role was lost"] = async path => await path.AllowDevice() is { } code ? () => path.Poll(code) : null,
    };

    public static IReadOnlyDictionary<string, Func<LoginPath, Task<Func<Task<string?>>?>>> Saml { get; } = new Dictionary<string, Func<LoginPath, Task<Func<Task<string?>>?>>>
    {
        ["asked for by the application"] = path => At(() => path.AssertionByForm(path.AuthnRequest())),
        ["asked for by the application, in a session"] = async path => await path.HasSession() ? () => path.Assertion(path.AuthnRequest()) : null,
        ["asked for by the application, without a page"] = async path => await path.HasSession() ? () => path.Assertion(path.AuthnRequest(passive: true)) : null,
        ["begun at Keycloak"] = path => At(() => path.AssertionByForm("protocol/saml/clients/saml-app")),
        ["begun at Keycloak, in a session"] = async path => await path.HasSession() ? () => path.Assertion("protocol/saml/clients/saml-app") : null,
        ["enhanced client"] = path => At(path.ByEnhancedClient),
    };

    public void Dispose()
    {
        browser.Dispose();
        http.Dispose();
    }

    private static Task<Func<Task<string?>>?> At(Func<Task<string?>> act) => Task.FromResult<Func<Task<string?>>?>(act);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Uri At(string path) => new(realm.Realm.Server, $"realms/{realm.Realm.Name}/{path}");

    /// <summary>A page that answers whatever stands behind it.</summary>
    private string Application => At(".well-known/openid-configuration").ToString();

    private Uri Authorization(string client, string more, string responseType) =>
        At($"protocol/openid-connect/auth?client_id={client}&response_type={Uri.EscapeDataString(responseType)}&scope=openid&state=s&redirect_uri={Uri.EscapeDataString(Application)}{more}");

    private async Task<SeenPage> LogIn(SeenPage page) => Seen(await browser.Send(page, Ct, ("username", user.Name), ("password", user.Name)));

    private async Task<bool> HasSession() => Parameter(await LogIn(await browser.Open(Authorization("open", "", "code"), Ct)), "code") is not null;

    public async Task<SeenPage> ByForm(string more = "", string responseType = "code") => await LogIn(await browser.Open(Authorization("app", more, responseType), Ct));

    public async Task<SeenPage> BySession(string more = "", string responseType = "code") => Seen(await browser.Open(Authorization("app", more, responseType), Ct));

    /// <summary>Logs in at the other realm.</summary>
    public async Task<SeenPage> ByBroker(string provider) => await LogIn(await browser.Open(Authorization("app", $"&kc_idp_hint={provider}", "code"), Ct));

    private async Task<bool> IsLinked()
    {
        await realm.Link(user, Ct);
        return true;
    }

    public async Task<SeenPage> PressesBack(SeenPage page) => Seen(await browser.Send(page, Ct));

    private async Task<string?> Redeem(Task<SeenPage> page) => Parameter(await page, "code") is { } code ? await Exchange(code) : null;

    private Task<string?> Exchange(string code) => Grant("access_token", [("grant_type", "authorization_code"), ("client_id", "app"), ("client_secret", "app"), ("code", code), ("redirect_uri", Application)]);

    public (string, string)[] Password(string scope, string client = "app") =>
        [("grant_type", "password"), ("client_id", client), ("client_secret", client), ("username", user.Name), ("password", user.Name), ("scope", scope)];

    private Task<string?> Refresh(string token) => Grant("access_token", [("grant_type", "refresh_token"), ("client_id", "app"), ("client_secret", "app"), ("refresh_token", token)]);

    private async Task<string?> ByDevice() => await AllowDevice() is { } code ? await Poll(code) : null;

    private async Task<string?> AllowDevice()
    {
        var asked = JsonNode.Parse((await Post("protocol/openid-connect/auth/device", [("client_id", "app"), ("client_secret", "app"), ("scope", "openid")])).Text)!;
        var page = await LogIn(await browser.Open(new Uri((string)asked["verification_uri_complete"]!), Ct));
        if (page.Html.Contains("name=\"accept\"", StringComparison.Ordinal))
            Seen(await browser.Send(page, Ct, ("accept", "Yes")));
        return (string)asked["device_code"]!;
    }

    private async Task<SeenPage> AboutToConsent() => await LogIn(await browser.Open(Authorization("careful", "", "code"), Ct));

    private async Task<string?> Consents(SeenPage? before = null)
    {
        var page = before ?? await AboutToConsent();
        if (page.Html.Contains("name=\"accept\"", StringComparison.Ordinal))
            page = Seen(await browser.Send(page, Ct, ("accept", "Yes")));
        return Parameter(page, "code") is { } code
            ? await Grant("access_token", [("grant_type", "authorization_code"), ("client_id", "careful"), ("client_secret", "careful"), ("code", code), ("redirect_uri", Application)])
            : null;
    }

    private async Task<string?> ByPhone() => await AllowByPhone() is { } request ? await PollPhone(request) : null;

    private async Task<string?> AllowByPhone()
    {
        var (status, text) = await Post("protocol/openid-connect/ext/ciba/auth", [("client_id", "app"), ("client_secret", "app"), ("scope", "openid"), ("login_hint", user.Name)]);
        Said = $"{(int)status} {text}";
        if (status != HttpStatusCode.OK)
            return null;
        await (await Phones.GetAsync()).SayYes(user.Name, Ct);
        return (string)JsonNode.Parse(text)!["auth_req_id"]!;
    }

    private Task<string?> PollPhone(string request) => Grant("access_token", [("grant_type", "urn:openid:params:grant-type:ciba"), ("client_id", "app"), ("client_secret", "app"), ("auth_req_id", request)]);

    private Task<string?> Poll(string code) => Grant("access_token", [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", "app"), ("client_secret", "app"), ("device_code", code)]);

    /// <summary>A field of the token endpoint's answer; null where it refused.</summary>
    public async Task<string?> Grant(string field, (string Name, string Value)[] form)
    {
        var (status, text) = await Post("protocol/openid-connect/token", form);
        Said = $"{(int)status} {text}";
        return status == HttpStatusCode.OK ? (string?)JsonNode.Parse(text)![field] : null;
    }

    private async Task<(HttpStatusCode Status, string Text)> Post(string path, (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await http.PostAsync(At(path), content, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private string Request(bool passive = false) =>
        $"""<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_{Guid.CreateVersion7():n}" Version="2.0" IssueInstant="{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}" IsPassive="{(passive ? "true" : "false")}" Destination="{At("protocol/saml")}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">saml-app</saml:Issuer></samlp:AuthnRequest>""";

    private string AuthnRequest(bool passive = false)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
            deflate.Write(Encoding.UTF8.GetBytes(Request(passive)));
        return $"protocol/saml?SAMLRequest={Uri.EscapeDataString(Convert.ToBase64String(packed.ToArray()))}";
    }

    private async Task<string?> AssertionByForm(string path) => AssertionIn(await LogIn(await browser.Open(At(path), Ct)));

    private async Task<string?> Assertion(string path) => AssertionIn(Seen(await browser.Open(At(path), Ct)));

    private async Task<string?> ByEnhancedClient()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At("protocol/saml"))
        {
            Content = new StringContent($"""<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>{Request()}</S:Body></S:Envelope>""", Encoding.UTF8, "text/xml"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.Name}:{user.Name}")));
        using var answer = await http.SendAsync(request, Ct);
        Said = await answer.Content.ReadAsStringAsync(Ct);
        return Said.Contains("<saml:Assertion", StringComparison.Ordinal) ? Said : null;
    }

    /// <summary>What the page posts to the application by itself.</summary>
    private string? AssertionIn(SeenPage page)
    {
        if (SamlResponse().Match(page.Html) is not { Success: true } posted)
            return null;
        Said = Encoding.UTF8.GetString(Convert.FromBase64String(WebUtility.HtmlDecode(posted.Groups[1].Value)));
        return Said.Contains("Assertion ", StringComparison.Ordinal) ? Said : null;
    }

    private SeenPage Seen(SeenPage page)
    {
        Said = $"{(int)page.Status} {page.Address}\n{page.Html}";
        return page;
    }

    public static string? Parameter(SeenPage page, string name) =>
        Regex.Match(page.Address.Query + page.Address.Fragment, $"[?#&]{name}=([^&]*)") is { Success: true } found ? Uri.UnescapeDataString(found.Groups[1].Value.Replace('+', ' ')) : null;

    [GeneratedRegex("name=\"SAMLResponse\" value=\"([^\"]*)\"", RegexOptions.IgnoreCase)]
    private static partial Regex SamlResponse();
}
