using System.Text.RegularExpressions;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatGovernance.Sandbox.Tests.Browser;

/// <summary>What a person does who has just cloned the project: the sandbox as it starts, in a real browser.</summary>
[Collection(Whole.Name)]
public sealed class StoryTests : IAsyncLifetime
{
    private const string Reason = "The nightly import has failed, I have to look at the data.";

    /// <summary>Set: the pictures of the README are taken anew.</summary>
    private static readonly bool takesPictures = Environment.GetEnvironmentVariable("UPDATE_PICTURES") == "1";

    private RunningSandbox sandbox = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private IPage page = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.Launch(playwright);
        sandbox = await RunningSandbox.Start(new SandboxSettings { Port = 0 }, Ct);
        page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1180, Height = 760 } });
        page.Context.SetDefaultTimeout(60_000);
        SetDefaultExpectTimeout(60_000);
        try
        {
            await page.GotoAsync(sandbox.Workspace.Url.ToString());
        }
        catch (PlaywrightException e) when (e.Message.Contains("net::ERR_ABORTED", StringComparison.Ordinal))
        {
            // A browser that has only just begun sometimes breaks its first way off by itself: the page has said nothing yet.
            await page.GotoAsync(sandbox.Workspace.Url.ToString());
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (sandbox is not null)
            await sandbox.DisposeAsync();
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    [Fact]
    public async Task Alice_asks_Bob_approves_she_is_reminded_and_it_ends()
    {
        await Be("Alice Adams");
        await Ask("/databases/production", "20 seconds");
        await Expect(Messages).ToContainTextAsync("waits for a decision");

        await Be("Carol Clark");
        await Expect(Messages).ToContainTextAsync("Alice Adams asks for /databases/production");
        await Be("Bob Brown");
        await Expect(Messages).ToContainTextAsync(Reason);
        await Picture("approver");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(Messages).ToContainTextAsync("Approved by Bob Brown");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);

        await Be("Alice Adams");
        await Expect(Messages).ToContainTextAsync("Granted: you now have /databases/production");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Home" }).ClickAsync();
        await Expect(page.Locator("#home")).ToContainTextAsync("/databases/production");
        await Picture("home");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Messages" }).ClickAsync();
        await Expect(Messages).ToContainTextAsync("ends in");
        await Expect(Messages).ToContainTextAsync("Your access to /databases/production has ended");

        await Be("Erin Evans");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("access-audit") }).ClickAsync();
        await page.Locator("#messages").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("repl") }).First.ClickAsync();
        await Expect(page.Locator("#thread")).ToContainTextAsync("Decision: approved by Bob Brown");
        await Expect(page.Locator("#thread")).ToContainTextAsync("Ended: /databases/production of Alice Adams");
        await Picture("audit");
    }

    [Fact]
    public async Task A_form_says_what_is_wrong_at_the_field_and_keeps_what_was_typed()
    {
        await Be("Alice Adams");
        await Fill("/databases/production", "30 minutes", "too short");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).Last.ClickAsync();
        await Expect(page.Locator("#modal")).ToContainTextAsync("10 characters");
        await Expect(page.Locator("#modal").GetByLabel("Why do you need it?")).ToHaveValueAsync("too short");

        await page.Locator("#modal").GetByLabel("Why do you need it?").FillAsync(Reason);
        await page.Locator("#modal").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(page.Locator("#modal")).ToBeHiddenAsync();
        await Expect(Messages).ToContainTextAsync("waits for a decision");
    }

    [Fact]
    public async Task On_a_phone_Bob_denies_with_a_reason_and_Alice_is_told_why()
    {
        await page.SetViewportSizeAsync(390, 780);
        await Be("Alice Adams");
        await Ask("/databases/staging", "8 hours");
        await Be("Bob Brown");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();
        await page.Locator("#modal").GetByLabel("Why?").FillAsync("Use the reporting copy.");
        await Picture("phone");
        await page.Locator("#modal").GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();
        await Expect(Messages).ToContainTextAsync("Denied by Bob Brown");

        await Be("Alice Adams");
        await Expect(Messages).ToContainTextAsync("Bob Brown denied your request for /databases/staging");
        await Expect(Messages).ToContainTextAsync("Use the reporting copy.");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue("nothing is wider than the phone");
    }

    [Fact]
    public async Task Two_stages_are_asked_one_after_the_other_and_everybody_sees_how_far_it_is()
    {
        await Be("Alice Adams");
        await Ask("/finance/transfers", "1 hour");
        await Expect(Messages).ToContainTextAsync("waits for a decision");
        await Be("Erin Evans");
        await Expect(Messages).Not.ToContainTextAsync("/finance/transfers");

        await Be("Carol Clark");
        await Button("Approve").ClickAsync();
        await Expect(Messages).ToContainTextAsync("stage 1");
        await Be("Erin Evans");
        await Expect(Messages).ToContainTextAsync("Alice Adams asks for /finance/transfers");
        await Expect(Messages).ToContainTextAsync("Carol Clark");
        await Button("Approve").ClickAsync();
        await Expect(Messages).ToContainTextAsync("Approved by Erin Evans");

        await Be("Alice Adams");
        await Expect(Messages).ToContainTextAsync("Granted: you now have /finance/transfers");
    }

    [Fact]
    public async Task On_a_phone_Bob_takes_it_in_an_emergency_and_security_denies_it_afterwards()
    {
        await page.SetViewportSizeAsync(390, 780);
        await Be("Bob Brown");
        await Fill("/databases/superuser", "1 hour", Reason);
        await page.Locator("#modal").GetByLabel("Can it wait for a decision?").SelectOptionAsync(new SelectOptionValue { Label = "Emergency: take it now, confirmed within 30 minutes" });
        await page.Locator("#modal").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(Messages).ToContainTextAsync("Granted: you now have /databases/superuser");

        await Be("Erin Evans");
        await Expect(Messages).ToContainTextAsync("Bob Brown has taken /databases/superuser in an emergency");
        await Button("Deny").ClickAsync();
        await page.Locator("#modal").GetByLabel("Why?").FillAsync("Nobody knows of an emergency.");
        await page.Locator("#modal").GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();

        await Be("Bob Brown");
        await Expect(Messages).ToContainTextAsync("Your access to /databases/superuser has ended");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue("nothing is wider than the phone");
    }

    [Theory]
    [InlineData(1180, 760)]
    [InlineData(390, 780)]
    public async Task Whom_Keycloak_does_not_know_connects_by_a_login_and_asks(int width, int height)
    {
        await page.SetViewportSizeAsync(width, height);
        await Be("Frank Ford");
        await Type("/request-access");
        await Expect(page.Locator("#modal")).ToContainTextAsync("Type /request-access link to connect it");
        await page.Locator("#modal").GetByText("Close", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("#modal")).ToBeHiddenAsync();
        await Type("/request-access link");
        await Expect(Button("Log in to Keycloak")).ToBeVisibleAsync();
        var login = await page.Context.RunAndWaitForPageAsync(() => Button("Log in to Keycloak").ClickAsync());
        await login.SetViewportSizeAsync(width, height);
        await Expect(login.GetByText("slack:T0000001/U0000006")).ToBeVisibleAsync();
        await login.GetByRole(AriaRole.Button, new() { Name = "Log in to Keycloak" }).ClickAsync();
        await login.GetByLabel("Username").FillAsync("frank");
        await login.GetByLabel("Password").FillAsync("frank");
        await login.GetByRole(AriaRole.Button, new() { Name = "Sign In" }).ClickAsync();
        var typed = await login.Locator("code").InnerTextAsync();
        (await login.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue("nothing is wider than the window");
        await login.CloseAsync();

        await Type(typed);
        await Expect(Messages).ToContainTextAsync("Your chat account is connected with Frank Ford (frank)");
        await Ask("/databases/staging", "8 hours");
        await Expect(Messages).ToContainTextAsync("waits for a decision");
        await Be("Bob Brown");
        await Expect(Messages).ToContainTextAsync("Frank Ford asks for /databases/staging");
    }

    private ILocator Messages => page.Locator("#messages");

    private async Task Be(string person)
    {
        await page.GetByTitle($"Be {person}").ClickAsync();
        await Expect(page.Locator("#topic")).ToHaveTextAsync($"You are {person}"); // what is seen from here on is theirs
    }

    private ILocator Button(string name) => Messages.GetByRole(AriaRole.Button, new() { Name = name });

    private async Task Type(string text)
    {
        await page.Locator("#composer-text").FillAsync(text);
        await page.Locator("#composer-text").PressAsync("Enter");
    }

    private async Task Ask(string search, string length)
    {
        await Fill(search, length, Reason);
        if (search == "/databases/production")
            await Picture("form");
        await page.Locator("#modal").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(page.Locator("#modal")).ToBeHiddenAsync();
    }

    /// <summary>Opens the form by the command, searches, picks, and fills the rest.</summary>
    private async Task Fill(string search, string length, string reason)
    {
        await Type("/request-access");
        var modal = page.Locator("#modal");
        await modal.GetByLabel("What do you need?").FillAsync(search);
        await modal.Locator(".options").GetByRole(AriaRole.Option).Filter(new() { HasText = $"{search} ·" }).ClickAsync();
        await Expect(modal).ToContainTextAsync("Decided by");
        await modal.GetByLabel("For how long?").SelectOptionAsync(new SelectOptionValue { Label = length });
        await modal.GetByLabel("Why do you need it?").FillAsync(reason);
    }

    private async Task Picture(string name)
    {
        if (takesPictures)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(RepositoryFolder.Path, "docs", "images", $"{name}.png") });
    }
}
