using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;

namespace ChatGovernance.Bot.Login;

/// <summary>The pages, whole: no script, nothing from elsewhere, readable on a telephone. Everything that people wrote is encoded.</summary>
internal static class LoginPages
{
    private const string Style = """
        :root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif; }
        body { margin: 0; display: grid; min-height: 100vh; place-items: center; background: Canvas; color: CanvasText; }
        main { box-sizing: border-box; width: 100%; max-width: 32rem; padding: 1.5rem; }
        h1 { font-size: 1.35rem; margin: 0 0 1rem; }
        dl { margin: 1rem 0; border: 1px solid GrayText; border-radius: .5rem; padding: .75rem 1rem; overflow-wrap: anywhere; }
        dt { font-size: .85rem; opacity: .75; } dd { margin: 0 0 .5rem; font-weight: 600; }
        button, a.button { display: block; box-sizing: border-box; width: 100%; padding: .8rem; border: 0; border-radius: .5rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; background: #1f3a5f; color: #fff; cursor: pointer; }
        button:focus-visible, a:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
        .code { display: block; margin: 1rem 0; font: 700 2.2rem/1.2 ui-monospace, monospace; text-align: center; letter-spacing: .05em; }
        code { font: .95em ui-monospace, monospace; }
        """;

    /// <summary>The one style that is let in.</summary>
    public static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Names the chat account before anything is done.</summary>
    public static string Ask(Core.Logins.Login login) => Page("Connect your Keycloak account", $"""
        <p>This connects the chat account</p>
        {Account(login)}
        <p>with the Keycloak account that you log in with next. <strong>Go on only if this chat account is yours</strong>, and you typed the command yourself: whoever it belongs to will ask for access, and decide, in your name.</p>
        <form method="post"><button type="submit">Log in to Keycloak</button></form>
        """);

    /// <summary>Names the decision before it is confirmed.</summary>
    public static string Ask(LoginPage.ForDecision decision) => Page("Confirm your decision", $"""
        <p>As <strong>{Text(decision.Login.AccountName)}</strong> in {Text(decision.Login.Workspace)} you decided:</p>
        <dl>
        <dt>Decision</dt><dd>{(decision.Vote.Choice == Choice.Approve ? "Approve" : "Deny")}</dd>
        <dt>Access</dt><dd>{Text(decision.Request.TargetName)}</dd>
        <dt>Asked by</dt><dd>{Text(Sentences.Requester(decision.Request))}</dd>
        <dt>For</dt><dd>{Text(Sentences.Beneficiary(decision.Request))}</dd>
        <dt>How long</dt><dd>{Text(Sentences.For(decision.Request.Length))}</dd>
        <dt>Why</dt><dd>{Text(decision.Request.Justification)}</dd>
        {(decision.Request.Ticket is { } ticket ? $"<dt>Ticket</dt><dd>{Text(ticket)}</dd>" : "")}
        </dl>
        <p>It counts once you have logged in to Keycloak again. <strong>If you did not decide this, close this page</strong> and tell your security team.</p>
        <form method="post"><button type="submit">Log in to Keycloak</button></form>
        """);

    public static readonly string Confirmed = Page("Confirmed", """
        <p>Your decision is confirmed by this login, and is being checked. Your chat tells what becomes of it. You can close this page.</p>
        """);

    /// <summary>Not a redirect in answer to the form: browsers would hold every step of a login to the form's policy.</summary>
    public static string Leave(Uri address) => Page("One moment", $"""
        <p>You are taken to Keycloak.</p>
        <p><a class="button" href="{Text(address.AbsoluteUri)}">Go on</a></p>
        """);

    public static string Code(Core.Logins.Login login, LoginState.LoggedIn waiting, string code) => Page("Type this code into chat", $"""
        <p>You are logged in as <strong>{Text(waiting.Person.Name)}</strong> ({Text(waiting.Username)}). To connect this chat account</p>
        {Account(login)}
        <p>type there, within {Core.Logins.Login.ValidFor.TotalMinutes:0} minutes:</p>
        <p><code>/request-access link {LoginCode.Show(code)}</code></p>
        <strong class="code">{LoginCode.Show(code)}</strong>
        <p>The code works in that chat account alone. <strong>Give it to nobody.</strong></p>
        """);

    /// <param name="again">Where it may be tried again; null: nowhere.</param>
    /// <param name="logout">Where the browser forgets who logged in; null: that would not help.</param>
    public static string Trouble(LoginTrouble why, string? again, string? logout) => Page("This does not go on", $"""
        <p>{Text(LoginSentences.For(why))}</p>
        {(logout is null ? "" : $"""<p><a class="button" href="{Text(logout)}" target="_blank" rel="noopener">Log out of Keycloak</a></p>""")}
        {(again is null ? "" : $"""<p><a class="button" href="{Text(again)}">Try again</a></p>""")}
        """);

    private static string Account(Core.Logins.Login login) => $"""
        <dl><dt>Chat account</dt><dd>{Text(login.AccountName)}</dd><dt>Workspace</dt><dd>{Text(login.Workspace)}</dd><dt>Id</dt><dd>{Text(login.Account.ToString())}</dd></dl>
        """;

    private static string Text(string text) => HtmlEncoder.Default.Encode(Core.Text.Clean(text));

    private static string Page(string title, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{title}</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        <h1>{title}</h1>
        {body}
        </main>
        </body>
        </html>
        """;
}
