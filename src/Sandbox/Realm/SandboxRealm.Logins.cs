namespace ChatGovernance.Sandbox.Realm;

/// <summary>Where browsers log in.</summary>
public sealed partial class SandboxRealm
{
    /// <summary>Signs whatever a test wants a token to say, with the realm's own key.</summary>
    public string Sign(System.Text.Json.Nodes.JsonObject claims)
    {
        lock (state.Gate)
            return logins.Sign(claims);
    }

    /// <summary>The realm gets another key, and loses the one before.</summary>
    public void RotateKey()
    {
        lock (state.Gate)
            logins.Rotate();
    }

    private void MapLogins()
    {
        app.MapGet("/realms/{realm}/.well-known/openid-configuration", (RequestDelegate)(http => Serve(http, (_, name) => logins.Discovery(name, Server(http)))));
        app.MapGet("/realms/{realm}/protocol/openid-connect/certs", (RequestDelegate)(http => Serve(http, (_, name) => logins.Certificates(name))));
        app.MapGet("/realms/{realm}/protocol/openid-connect/auth", (RequestDelegate)Ask);
        app.MapPost("/realms/{realm}/login-actions/authenticate", (RequestDelegate)LogIn);
        app.MapGet("/realms/{realm}/protocol/openid-connect/logout", (RequestDelegate)(http => Write(http, RealmLogins.AskLogOut(), "text/html; charset=utf-8")));
        app.MapPost("/realms/{realm}/protocol/openid-connect/logout", (RequestDelegate)(http => Write(http, RealmLogins.LogOut(), "text/html; charset=utf-8")));
    }

    private async Task Ask(HttpContext http)
    {
        (int Status, string Html) answer;
        lock (state.Gate)
            answer = logins.Ask((string?)http.Request.RouteValues["realm"] ?? "", http.Request.Query);
        http.Response.StatusCode = answer.Status;
        await Write(http, answer.Html, "text/html; charset=utf-8");
    }

    private async Task LogIn(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        (string? Location, string Html) answer;
        lock (state.Gate)
            answer = logins.LogIn((string?)http.Request.RouteValues["realm"] ?? "", http.Request.Query["session"].ToString(), form);
        if (answer.Location is { } location)
            http.Response.Redirect(location);
        else
            await Write(http, answer.Html, "text/html; charset=utf-8");
    }

    private static string Server(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";
}
