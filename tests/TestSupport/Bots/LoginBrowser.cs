using System.Net;
using System.Text.RegularExpressions;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>A browser as far as logins need one: cookies, redirects, a form on a page, a page that leads on by itself.</summary>
public sealed partial class LoginBrowser : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    public LoginBrowser() => http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, CookieContainer = cookies });

    /// <summary>Where it went last, whatever became of it.</summary>
    public Uri? Last { get; private set; }

    /// <summary>The page at an address, after all redirects.</summary>
    public Task<SeenPage> Open(Uri address, CancellationToken ct) => Follow(new HttpRequestMessage(HttpMethod.Get, address), ct);

    /// <summary>Fills and sends the page's form.</summary>
    public Task<SeenPage> Send(SeenPage page, CancellationToken ct, params (string Name, string Value)[] fields)
    {
        var form = Form().Match(page.Html);
        var action = Action().Match(form.Value) is { Success: true } found ? new Uri(page.Address, WebUtility.HtmlDecode(found.Groups[1].Value)) : page.Address;
        var hidden = Hidden().Matches(page.Html).Select(input => (Name: Attribute(input.Value, "name"), Value: Attribute(input.Value, "value")));
        var content = new FormUrlEncodedContent(hidden.Concat(fields).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return Follow(new HttpRequestMessage(HttpMethod.Post, action) { Content = content }, ct);
    }

    public void Dispose() => http.Dispose();

    private async Task<SeenPage> Follow(HttpRequestMessage request, CancellationToken ct)
    {
        for (var hops = 0; hops < 10; hops++)
        {
            using var sent = request;
            Last = sent.RequestUri;
            using var answer = await http.SendAsync(sent, ct);
            // A browser sends secure cookies to a loopback address without TLS, too (Keycloak relies on it).
            foreach (Cookie cookie in cookies.GetAllCookies())
                cookie.Secure = false;
            var at = sent.RequestUri!;
            var next = answer.Headers.Location ?? (answer.Headers.TryGetValues("Refresh", out var refresh) ? new Uri(refresh.Single().Split("url=", 2)[1]) : null);
            if (next is null)
                return new SeenPage(at, answer.StatusCode, await answer.Content.ReadAsStringAsync(ct), answer.Headers.ToDictionary(header => header.Key, header => string.Join(' ', header.Value)));
            request = new HttpRequestMessage(HttpMethod.Get, new Uri(at, next));
        }

        throw new InvalidOperationException("It is redirected again and again.");
    }

    [GeneratedRegex("<form[^>]*method=\"post\"[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    private static string Attribute(string tag, string name) => WebUtility.HtmlDecode(Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex("action=\"([^\"]*)\"")]
    private static partial Regex Action();
}

/// <summary>A page as a browser shows it.</summary>
public sealed record SeenPage(Uri Address, HttpStatusCode Status, string Html, IReadOnlyDictionary<string, string> Headers);
