using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using ChatGovernance.Benchmarks.Measuring;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.Benchmarks.Logins;

/// <summary>Logs in again and again as one user's browser and one application would.</summary>
internal sealed partial class LoginCaller(TestRealm realm) : IDisposable
{
    public const string Client = "app";
    public const string User = "user";

    private const string Back = "http://127.0.0.1:9/back";

    private readonly HttpClient application = new(new SocketsHttpHandler { UseProxy = false });

    private Uri Protocol => new(realm.Server, $"realms/{realm.Name}/protocol/openid-connect/");

    public void Dispose() => application.Dispose();

    /// <summary>So many logins, each in a browser of its own.</summary>
    public async Task<IReadOnlyDictionary<LoginStep, Latencies>> Log(int logins, CancellationToken ct)
    {
        var ticks = Enum.GetValues<LoginStep>().ToDictionary(step => step, _ => new List<long>());
        var began = Stopwatch.GetTimestamp();
        for (var login = 0; login < logins; login++)
        {
            // A browser sends secure cookies to a loopback address without TLS, too, on which Keycloak relies; this client does not.
            var cookies = new CookieContainer();
            using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, CookieContainer = cookies });
            await Measure(LoginStep.Form, async () =>
            {
                using var page = await browser.GetAsync(Authorize, ct);
                foreach (Cookie cookie in cookies.GetAllCookies())
                    cookie.Secure = false;
                var action = WebUtility.HtmlDecode(Action().Match(await page.Content.ReadAsStringAsync(ct)).Groups[1].Value);
                using var form = new FormUrlEncodedContent([new("username", User), new("password", User)]);
                using var sent = await browser.PostAsync(action, form, ct);
                return Code(sent);
            });
            foreach (Cookie cookie in cookies.GetAllCookies())
                cookie.Secure = false;
            var code = await Measure(LoginStep.Session, async () =>
            {
                using var answer = await browser.GetAsync(Authorize, ct);
                return Code(answer);
            });
            var refresh = await Measure(LoginStep.Exchange, () => Token(ct, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Back)));
            await Measure(LoginStep.Refresh, () => Token(ct, ("grant_type", "refresh_token"), ("refresh_token", refresh)));
        }

        var whole = Stopwatch.GetElapsedTime(began);
        return ticks.ToDictionary(step => step.Key, step => new Latencies(step.Value, whole));

        async Task<string> Measure(LoginStep step, Func<Task<string>> act)
        {
            var at = Stopwatch.GetTimestamp();
            var got = await act();
            ticks[step].Add(Stopwatch.GetTimestamp() - at);
            return got;
        }
    }

    private Uri Authorize => new(Protocol, $"auth?response_type=code&scope=openid&client_id={Client}&redirect_uri={Uri.EscapeDataString(Back)}");

    private static string Code(HttpResponseMessage answer) =>
        HttpUtility.ParseQueryString(answer.Headers.Location?.Query ?? "")["code"] ?? throw new InvalidOperationException($"No code came: {answer.StatusCode}.");

    private async Task<string> Token(CancellationToken ct, params IEnumerable<(string Name, string Value)> fields)
    {
        using var form = new FormUrlEncodedContent([new("client_id", Client), new("client_secret", Client), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        using var answer = await application.PostAsync(new Uri(Protocol, "token"), form, ct);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!;
        return (string?)json["refresh_token"] ?? throw new InvalidOperationException($"No token came: {answer.StatusCode}.");
    }

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex Action();
}
