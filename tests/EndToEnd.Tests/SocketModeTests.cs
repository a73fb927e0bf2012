using System.Net;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Realm;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>The whole loop with a bot that nobody can reach: it opens the connections.</summary>
public sealed class SocketModeTests : IAsyncLifetime
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
        ["Slack:AppTokenFile"] = $"{folder}/app-token",
        ["Slack:ApiUrl"] = workspace.ApiUrl.ToString(),
        ["Slack:AuditChannel"] = "#access-audit",
    };

    public async ValueTask InitializeAsync()
    {
        var json = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "src/Sandbox/realm.json"), Ct);
        realm = await SandboxRealm.Start(json, 0, TimeProvider.System, Ct);
        workspace = await SlackWorkspace.StartAsync(new SlackWorkspaceOptions(), Ct);
        await File.WriteAllTextAsync($"{folder}/app-token", workspace.AppToken + "\n", Ct);
        bot = await BotProcess.Start(Settings, _ => { }, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await bot.DisposeAsync();
        await workspace.DisposeAsync();
        await realm.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Somebody_asks_is_approved_holds_it_and_loses_it_while_connections_are_refreshed_and_lost()
    {
        var (alice, bob, carol) = (workspace.Person("alice"), workspace.Person("bob"), workspace.Person("carol"));
        var first = await workspace.Sockets.SeesOpen(2, ct: Ct);
        (await Commands()).ShouldBe(HttpStatusCode.NotFound);

        (await alice.Types("/request-access production", Ct)).Error.ShouldBeNull();
        var modal = await alice.SeesModal(ct: Ct);
        await modal.Shows(_ => modal.Has("duration"), ct: Ct);
        modal.Writes("justification", "short");
        (await modal.Submits(Ct)).Errors.Keys.ShouldBe(["justification"]);

        // Both are refreshed while the form is open: the old ones serve until they are replaced, and so do the new ones.
        foreach (var socket in first)
            await socket.Disconnects("refresh_requested");
        (await modal.Searches("target", "prod", Ct)).Trouble.ShouldBeNull();
        await workspace.Sockets.SeesOpen(4, ct: Ct);
        modal.Writes("justification", "The nightly import has failed.");
        (await modal.Submits(Ct)).Closed.ShouldBeTrue();
        var asked = await Card(bob, "Alice Adams asks for /databases/production");
        await Card(carol, "Alice Adams asks for /databases/production");

        // The old ones are closed, and of the new ones one is lost.
        foreach (var socket in first)
            await socket.Closes();
        var second = await workspace.Sockets.SeesOpen(2, newest: 4, Ct);
        second[0].Drops();
        await second[0].Ended.WaitAsync(Ct);
        (await bob.Clicks(asked, "Approve", Ct)).Trouble.ShouldBeNull();
        await Card(alice, "Granted: you now have /databases/production");
        realm.Members("/databases/production").ShouldContain("alice");
        await workspace.Sockets.SeesOpen(2, newest: 5, Ct);

        // An acknowledgement is lost: the event comes again, and the home is shown.
        workspace.Sockets.LosesAcks(1);
        (await alice.OpensHome(Ct)).Trouble.ShouldBe("operation_timeout");
        await alice.SeesHome(home => home.Blocks.GetArrayLength() > 0, TimeSpan.FromSeconds(40), Ct);

        await Card(alice, "Your access to /databases/production has ended");
        realm.Members("/databases/production").ShouldNotContain("alice");
        workspace.Sockets.Acks.Count(ack => ack.Lost).ShouldBe(1);
        bot.Output.ShouldNotContain(workspace.AppToken);
        bot.Output.ShouldNotContain("ticket=");
        (await BotProcess.Run(Settings, ["audit", "verify"], Ct)).ExitCode.ShouldBe(0);
    }

    private async Task<HttpStatusCode> Commands()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await http.PostAsync(new Uri(bot.Url, "slack/commands"), null, Ct);
        return answer.StatusCode;
    }

    /// <summary>A direct message that begins so.</summary>
    private static Task<SlackMessage> Card(SlackPerson person, string title) =>
        person.SeesMessage(m => m.ChannelId == person.Direct.Id && m.Text.StartsWith(title, StringComparison.Ordinal), TimeSpan.FromSeconds(40), Ct);
}
