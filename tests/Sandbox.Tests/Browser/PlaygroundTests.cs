using System.Diagnostics;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Realm;
using ChatGovernance.TestSupport;
using Microsoft.Playwright;

namespace ChatGovernance.Sandbox.Tests.Browser;

/// <summary>
/// Microsoft's own client (npm's <c>@microsoft/m365agentsplayground</c>, installed by <c>scripts/install</c>), one for Alice and one for
/// Bob, with the bot in development mode. It has no dialogs, no search while somebody types and no views of one's own.
/// </summary>
[Collection(Whole.Name)]
public sealed class PlaygroundTests : IAsyncLifetime
{
    private static readonly string playground = Path.Combine(RepositoryFolder.Path, "tests", "playground");

    /// <summary>Set: the pictures of the README are taken anew.</summary>
    private static readonly bool takesPictures = Environment.GetEnvironmentVariable("UPDATE_PICTURES") == "1";

    private readonly string folder = Directory.CreateTempSubdirectory("chatgovernance-").FullName;
    private readonly List<Process> clients = [];
    private SandboxRealm realm = null!;
    private BotProcess bot = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(playground, "node_modules")), "npm's m365agentsplayground is not installed (scripts/install)");
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.Launch(playwright);
        var file = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "src", "Sandbox", "realm.json"), Ct);
        realm = await SandboxRealm.Start(file.Replace("T0000001/U0000001", "playground-tenant/aad-alice", StringComparison.Ordinal).Replace("T0000001/U0000002", "playground-tenant/aad-bob", StringComparison.Ordinal), 0, TimeProvider.System, Ct);
        bot = await BotProcess.Start(
            new Dictionary<string, string>
            {
                ["ConnectionStrings:ChatGovernance"] = $"Data Source={folder}/bot.db",
                ["Keycloak:Url"] = realm.Url.ToString(),
                ["Keycloak:Realm"] = realm.Name,
                ["Keycloak:ClientId"] = "chat-governance",
                ["Keycloak:ClientSecret"] = "bot-secret",
                ["Keycloak:CatalogRefresh"] = "00:00:01",
                ["Identity:TeamsAttribute"] = "slack-id",
                ["Teams:Anonymous"] = "true",
            },
            _ => { },
            Ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
        {
            client.Kill(entireProcessTree: true);
            client.Dispose();
        }

        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (bot is not null)
            await bot.DisposeAsync();
        if (realm is not null)
            await realm.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Alice_asks_by_the_form_in_the_chat_and_Bob_approves_one_and_denies_another()
    {
        bot.Output.ShouldContain("Teams:Anonymous is set");
        var (alice, bob) = (await Open("alice", "Alice Adams"), await Open("bob", "Bob Brown"));

        await Ask(alice, "production", "The nightly import has failed.", "teams-form");
        await Button(bob, "Approve").WaitForAsync();
        await Picture(Card(bob, "Alice Adams asks for"), "teams-approver");
        await Button(bob, "Approve").ClickAsync();
        await alice.GetByText("Granted: you now have").Last.WaitForAsync();
        await Card(bob, "Approved by Bob Brown").WaitForAsync();
        await Card(alice, "Approved by Bob Brown").WaitForAsync();

        await Ask(alice, "reporting", "Trying the new import on a copy first.", null);
        await Card(bob, "staging/reporting").WaitForAsync();
        await Button(bob, "Deny").ClickAsync();
        await bob.GetByText("Why? (optional)").Last.WaitForAsync();
        await bob.Locator("textarea").Last.FillAsync("Use the copy of last night.");
        await Button(bob, "Deny").ClickAsync();
        await alice.GetByText("Use the copy of last night.").Last.WaitForAsync();
        await Card(bob, "Denied by Bob Brown").WaitForAsync();
        await Picture(Card(alice, "Denied by Bob Brown"), "teams-outcome");
    }

    private static async Task Ask(IPage who, string target, string reason, string? picture)
    {
        await who.Locator("[contenteditable=true]").First.ClickAsync();
        await who.Keyboard.TypeAsync($"request access {target}");
        await who.Keyboard.PressAsync("Enter");
        var form = who.Locator(".ac-adaptiveCard").Filter(new LocatorFilterOptions { HasText = "Decided by", Has = who.Locator("textarea") }).Last;
        await form.WaitForAsync();
        await form.Locator("textarea").FillAsync(reason);
        if (picture is not null)
            await Picture(form, picture);
        await form.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send", Exact = true }).ClickAsync();
        await who.GetByText("Taken. What comes of it is told to you here.").Last.WaitForAsync();
    }

    private static ILocator Card(IPage page, string text) => page.Locator(".ac-adaptiveCard").Filter(new LocatorFilterOptions { HasText = text }).Last;

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).Last;

    private static async Task Picture(ILocator of, string name)
    {
        if (takesPictures)
            await of.ScreenshotAsync(new LocatorScreenshotOptions { Path = Path.Combine(RepositoryFolder.Path, "docs", "images", $"{name}.png") });
    }

    /// <summary>Somebody's client, in a page of its own.</summary>
    private async Task<IPage> Open(string name, string realName)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var config = await File.ReadAllTextAsync(Path.Combine(playground, "config.yml"), Ct);
        await File.WriteAllTextAsync(Path.Combine(own, ".m365agentsplayground.yml"), config.Replace("REAL_NAME", realName, StringComparison.Ordinal).Replace("NAME", name, StringComparison.Ordinal), Ct);
        var port = Ports.Free();
        var start = new ProcessStartInfo(
            Path.Combine(playground, "node_modules", ".bin", "agentsplayground"), ["start", "-e", new Uri(bot.Url, "api/messages").AbsoluteUri, "-c", "msteams", "-p", $"{port}", "--disable-telemetry"])
        {
            WorkingDirectory = own,
            RedirectStandardOutput = true,
        };
        start.Environment["BROWSER"] = "none";
        var client = Process.Start(start)!;
        clients.Add(client);
        var line = await client.StandardOutput.ReadLineAsync(Ct);
        line.ShouldNotBeNull("the client ended");
        line.ShouldStartWith("Listening on");

        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1180, Height = 900 }, DeviceScaleFactor = 2 });
        page.Context.SetDefaultTimeout(60_000);
        await page.GotoAsync($"http://127.0.0.1:{port}/");
        await Card(page, "My access").WaitForAsync();
        return page;
    }
}
