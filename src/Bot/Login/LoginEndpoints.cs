using ChatGovernance.Core.Logins;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Login;

/// <summary>
/// The way through the browser: a page that names what is about to happen, Keycloak's login, and a page that shows what comes of it.
/// Nothing is kept in this process.
/// </summary>
internal sealed class LoginEndpoints(BrowserLogin logins, LoginAddresses addresses, KeycloakLogin keycloak, IOptions<LoginOptions> options)
{
    private static readonly TimeSpan cookieLife = 2 * Core.Logins.Login.ValidFor;

    /// <summary>Changes nothing: a preview of the address uses nothing up.</summary>
    public async Task<IResult> Show(HttpContext http, string token, CancellationToken ct)
    {
        if (addresses.Read(token) is not { } id)
            return Trouble(http, LoginTrouble.Unknown);

        var browser = Browser(http, id);
        switch (await logins.Look(id, ct))
        {
            case LoginPage.Refused refused:
                return Trouble(http, refused.Why);
            case LoginPage.Confirmed done:
                return browser?.Digest == done.Browser ? Page(http, LoginPages.Confirmed) : Trouble(http, LoginTrouble.Used);
            case LoginPage.ForLink { Login: { State: LoginState.LoggedIn waiting } login }:
                return browser?.Digest == waiting.Browser ? Page(http, LoginPages.Code(login, waiting, browser.Code(id))) : Trouble(http, LoginTrouble.OtherBrowser);
            case LoginPage.ForLink link:
                Know(http, id, browser);
                return Page(http, LoginPages.Ask(link.Login));
            case LoginPage.ForDecision decision:
                Know(http, id, browser);
                return Page(http, LoginPages.Ask(decision));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The button. That the page was shown in this browser is what the cookie says: no other site can press it.</summary>
    public async Task<IResult> Press(HttpContext http, string token, CancellationToken ct)
    {
        if (addresses.Read(token) is not { } id)
            return Trouble(http, LoginTrouble.Unknown);
        if (Browser(http, id) is not { } browser)
            return Trouble(http, LoginTrouble.OtherBrowser, Again(id));
        var begun = await logins.Begin(id, browser.Digest, ct);
        if (begun is LoginDecision.Refused { Why: LoginTrouble.OtherBrowser })
            return Trouble(http, LoginTrouble.OtherBrowser);
        if (begun is not LoginDecision.Accepted accepted)
            return await Show(http, token, ct);

        var address = keycloak.Address(id, browser, accepted.Login.Purpose is LoginPurpose.Confirm ? options.Value.Acr : null);
        http.Response.Headers["Refresh"] = $"0;url={address.AbsoluteUri}";
        return Page(http, LoginPages.Leave(address));
    }

    /// <summary>Keycloak sends the browser back.</summary>
    public async Task<IResult> Return(HttpContext http, string? state, string? code, string? error, CancellationToken ct)
    {
        if (state is not { Length: > 32 and < 200 } || !LoginId.TryParse(state[..32], out var id))
            return Trouble(http, LoginTrouble.Unknown);
        if (Browser(http, id) is not { } browser || !browser.IsStateOf(id, state))
            return Trouble(http, LoginTrouble.OtherBrowser);

        // A reload of what has succeeded: the code of the flow is used up, and not needed.
        if (await logins.Look(id, ct) is LoginPage.Confirmed or LoginPage.ForLink { Login.State: LoginState.LoggedIn })
            return Results.LocalRedirect(Again(id));
        if (string.IsNullOrEmpty(code) || !string.IsNullOrEmpty(error))
            return Trouble(http, LoginTrouble.GivenUp, Again(id));

        switch (await keycloak.Exchange(id, browser, code, ct))
        {
            case LoginProof.Away:
                return Trouble(http, LoginTrouble.Away, Again(id));
            case LoginProof.Given given:
                return await logins.Arrive(id, browser.Digest, given.Login, LoginCode.Digest(id, browser.Code(id)), ct) is LoginDecision.Refused refused
                    ? Trouble(http, refused.Why, Again(id))
                    : Results.LocalRedirect(Again(id));
            default:
                return Trouble(http, LoginTrouble.NotProved, Again(id));
        }
    }

    private void Know(HttpContext http, LoginId id, BrowserSecret? browser)
    {
        if (browser is null)
            http.Response.Cookies.Append(CookieName(id), BrowserSecret.New().Cookie, Cookie());
    }

    /// <summary>The page shows what the login is for, and how far it has come.</summary>
    private string Again(LoginId id) => $"{new Uri(options.Value.PublicUrl!).AbsolutePath.TrimEnd('/')}/link/{addresses.Token(id)}";

    private BrowserSecret? Browser(HttpContext http, LoginId id) => BrowserSecret.Read(http.Request.Cookies[CookieName(id)]);

    /// <summary>One for each login, so that two in one browser are not in each other's way. The prefix keeps other hosts from setting it.</summary>
    private string CookieName(LoginId id) => options.Value.IsSecure ? $"__Host-login-{id}" : $"login-{id}";

    private CookieOptions Cookie() => new()
    {
        HttpOnly = true,
        Secure = options.Value.IsSecure,
        SameSite = SameSiteMode.Lax, // Keycloak's redirect brings it along; a form of another site does not
        Path = "/",
        MaxAge = cookieLife,
    };

    private IResult Trouble(HttpContext http, LoginTrouble why, string? again = null) => Page(http, LoginPages.Trouble(why, again, LogoutFor(why)), why switch
    {
        LoginTrouble.Unknown => StatusCodes.Status404NotFound,
        LoginTrouble.Expired or LoginTrouble.Used or LoginTrouble.Replaced or LoginTrouble.WrongCodes => StatusCodes.Status410Gone,
        LoginTrouble.Away => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status403Forbidden,
    });

    /// <summary>Where the wrong person is logged in, Keycloak lets nobody else log in before that one is logged out.</summary>
    private string? LogoutFor(LoginTrouble why) =>
        why is LoginTrouble.OtherPerson or LoginTrouble.NotUsable or LoginTrouble.PersonLinked or LoginTrouble.ProvedOtherwise ? keycloak.LogoutAddress : null;

    private static IResult Page(HttpContext http, string html, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ContentSecurityPolicy = LoginPages.Policy;
        http.Response.Headers.XFrameOptions = "DENY";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}
