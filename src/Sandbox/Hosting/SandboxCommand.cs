using System.CommandLine;
using System.CommandLine.Parsing;
using ChatGovernance.Sandbox.Demo;

namespace ChatGovernance.Sandbox.Hosting;

/// <summary>The sandbox's command line. Exit codes: 0 done, 1 the demonstration failed, 2 could not run.</summary>
internal static class SandboxCommand
{
    /// <param name="output">Where its words go; the console where none is named.</param>
    public static async Task<int> Run(string[] args, InvocationConfiguration? output = null)
    {
        ParseResult parsed = Create().Parse(args);
        int exitCode = await parsed.InvokeAsync(output);
        return parsed.Errors.Count > 0 ? 2 : exitCode; // 1 says that the demonstration failed, and nothing else
    }

    private static RootCommand Create()
    {
        var port = new Option<int?>("--port") { Description = "Port of the page on 127.0.0.1 (8080, or a free one)." };
        var keycloak = new Option<Uri?>("--keycloak") { Description = "Base URL of a real Keycloak, in place of the realm in memory.", CustomParser = WebAddress };
        var realm = new Option<string>("--keycloak-realm") { Description = "Its realm.", DefaultValueFactory = _ => "demo" };
        var clientId = new Option<string>("--keycloak-client-id") { Description = "The bot's client.", DefaultValueFactory = _ => "chat-governance" };
        var clientSecret = new Option<string>("--keycloak-client-secret") { Description = "Its secret.", DefaultValueFactory = _ => "bot-secret" };
        var admin = new Option<string?>("--keycloak-admin") { Description = "An administrator of the server, who creates the demo realm where it is missing." };
        var adminPassword = new Option<string?>("--keycloak-admin-password") { Description = "The administrator's password." };
        var demo = new Option<bool>("--demo") { Description = "Play the story without a browser, and exit 0 only if all of it held." };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Do not open a browser." };
        var verbose = new Option<bool>("--verbose") { Description = "Show what the bot logs." };
        var refuse = new Option<bool>("--refuse-memberships") { Hidden = true };
        var root = new RootCommand("ChatGovernance with a Slack-like workspace and a Keycloak-like realm, all on this machine.")
        {
            port, keycloak, realm, clientId, clientSecret, admin, adminPassword, demo, noBrowser, verbose, refuse,
        };
        root.SetAction((parsed, ct) =>
        {
            var settings = new SandboxSettings
            {
                Port = parsed.GetValue(port),
                Keycloak = parsed.GetValue(keycloak),
                Realm = parsed.GetValue(realm)!,
                ClientId = parsed.GetValue(clientId)!,
                ClientSecret = parsed.GetValue(clientSecret)!,
                Admin = parsed.GetValue(admin),
                AdminPassword = parsed.GetValue(adminPassword),
                OpenBrowser = !parsed.GetValue(noBrowser),
                Verbose = parsed.GetValue(verbose),
                RefuseMemberships = parsed.GetValue(refuse),
            };
            return Run(settings, parsed.GetValue(demo), parsed.InvocationConfiguration, ct);
        });
        return root;
    }

    private static Uri? WebAddress(ArgumentResult argument)
    {
        string text = argument.Tokens.Single().Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https") return url;
        argument.AddError($"{text} is no http or https address.");
        return null;
    }

    private static async Task<int> Run(SandboxSettings settings, bool demo, InvocationConfiguration console, CancellationToken ct)
    {
        try
        {
            await using RunningSandbox sandbox = await RunningSandbox.Start(demo ? settings with { Port = settings.Port ?? 0 } : settings, ct);
            return demo ? await new DemoStory(sandbox, console.Output).Play(ct) : await Serve(sandbox, settings, console.Output, ct);
        }
        catch (SandboxException problem)
        {
            await console.Error.WriteLineAsync(problem.Message);
            return 2;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return demo ? 2 : 0;
        }
    }

    private static async Task<int> Serve(RunningSandbox sandbox, SandboxSettings settings, TextWriter output, CancellationToken ct)
    {
        await output.WriteLineAsync($"""

            Workspace   {sandbox.Workspace.Url}
            Keycloak    {sandbox.KeycloakUrl} (realm {settings.Realm}, {(settings.Keycloak is null ? "in memory" : "a real server")})
            Bot         {sandbox.Bot.Url}

            1. As Alice, type /request-access, search for "production", choose 20 seconds and say why.
            2. Switch to Bob or Carol and press Approve: Alice gets the access, is reminded of its end, and loses it.
            3. #access-audit has every step.

            Ctrl+C ends everything.
            """);
        if (settings.OpenBrowser) Browser.Open(sandbox.Workspace.Url);
        await sandbox.Bot.Exited.WaitAsync(ct);
        throw new SandboxException($"The bot has ended.\n{sandbox.Bot.Output}");
    }
}
