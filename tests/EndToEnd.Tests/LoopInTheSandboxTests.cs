using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Realm;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>The whole loop with the bot as a process, SQLite, and the sandbox's realm and workspace.</summary>
public sealed class LoopInTheSandboxTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("chatgovernance-").FullName;

    private SandboxRealm realm = null!;
    private SlackWorkspace workspace = null!;
    private BotProcess bot = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Settings => new()
    {
        ["ConnectionStrings:ChatGovernance"] = $"Data Source={folder}/bot.db",
        ["Keycloak:Url"] = realm.Url.ToString(),
        ["Keycloak:Realm"] = realm.Name,
        ["Keycloak:ClientId"] = "chat-governance",
        ["Keycloak:ClientSecret"] = "bot-secret",
        ["Keycloak:CatalogRefresh"] = "00:00:01",
        ["Slack:BotToken"] = workspace.BotToken,
        ["Slack:SigningSecret"] = workspace.SigningSecret,
        ["Slack:ApiUrl"] = workspace.ApiUrl.ToString(),
        ["Slack:AuditChannel"] = "#access-audit",
    };

    public async ValueTask InitializeAsync()
    {
        var json = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "src/Sandbox/realm.json"), Ct);
        realm = await SandboxRealm.Start(json, 0, TimeProvider.System, Ct);
        workspace = await SlackWorkspace.StartAsync(new SlackWorkspaceOptions(), Ct);
        bot = await BotProcess.Start(Settings, _ => { }, Ct);
        workspace.BotUrl = bot.Url;
    }

    public async ValueTask DisposeAsync()
    {
        await bot.DisposeAsync();
        await workspace.DisposeAsync();
        await realm.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Somebody_asks_is_approved_holds_it_is_reminded_and_loses_it_again()
    {
        var alice = workspace.Person("alice");
        var bob = workspace.Person("bob");
        var carol = workspace.Person("carol");
        await alice.Types("/request-access production", Ct);
        var modal = await alice.SeesModal(ct: Ct);
        await modal.Shows(_ => modal.Has("duration"), ct: Ct);
        modal.ValueOf("duration").ShouldBe("20s");
        modal.Writes("justification", "The nightly import has failed.");
        await modal.Submits(Ct);

        var asked = await Card(bob, "Alice Adams asks for /databases/production");
        await Card(carol, "Alice Adams asks for /databases/production");
        realm.Members("/databases/production").ShouldNotContain("alice");
        (await bob.Clicks(asked, "Approve", Ct)).Worked.ShouldBeTrue();

        await Card(alice, "Granted: you now have /databases/production");
        realm.Members("/databases/production").ShouldContain("alice");
        foreach (var approver in new[] { bob, carol })
            (await Card(approver, "Approved by Bob Brown")).Buttons.ShouldNotContain(button => button.Text == "Approve");

        await Card(alice, "Your access to /databases/production ends in");
        await Card(alice, "Your access to /databases/production has ended");
        realm.Members("/databases/production").ShouldNotContain("alice");
        realm.UnknownCalls.ShouldBeEmpty();
        (await BotProcess.Run(Settings, ["audit", "verify"], Ct)).ExitCode.ShouldBe(0);
    }

    /// <summary>A direct message that begins so.</summary>
    private static Task<SlackMessage> Card(SlackPerson person, string title) =>
        person.SeesMessage(m => m.ChannelId == person.Direct.Id && m.Text.StartsWith(title, StringComparison.Ordinal), TimeSpan.FromSeconds(40), Ct);
}
