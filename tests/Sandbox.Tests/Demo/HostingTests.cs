using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Realm;

namespace ChatGovernance.Sandbox.Tests.Demo;

public sealed class HostingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_there_is_used_as_it_is()
    {
        await using SandboxRealm keycloak = await SandboxRealm.Start(await RunningSandbox.RealmFile(), 0, TimeProvider.System, Ct);
        var settings = new SandboxSettings
        {
            Port = 0,
            Keycloak = keycloak.Url,
            Admin = SandboxRealm.Administrator,
            AdminPassword = SandboxRealm.AdministratorPassword,
        };
        await using RunningSandbox sandbox = await RunningSandbox.Start(settings, Ct);
        sandbox.KeycloakUrl.ShouldBe(keycloak.Url);
        keycloak.Calls.ShouldContain(c => c.Path.StartsWith("groups", StringComparison.Ordinal)); // the bot reads its catalog there
        keycloak.UnknownCalls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_administrator_is_said_to_be_one()
    {
        await using SandboxRealm keycloak = await SandboxRealm.Start(await RunningSandbox.RealmFile(), 0, TimeProvider.System, Ct);
        var settings = new SandboxSettings { Port = 0, Keycloak = keycloak.Url, Admin = "admin", AdminPassword = "wrong" };
        (await Should.ThrowAsync<SandboxException>(() => RunningSandbox.Start(settings, Ct))).Message.ShouldContain("gives no token");
    }

    [Fact]
    public async Task A_server_that_is_away_is_said_to_be_away()
    {
        var settings = new SandboxSettings { Port = 0, Keycloak = new Uri($"http://127.0.0.1:{Ports.Free()}"), Admin = "admin" };
        (await Should.ThrowAsync<SandboxException>(() => RunningSandbox.Start(settings, Ct))).Message.ShouldContain("cannot be reached");
    }

    [Theory]
    [InlineData("is no http or https address", "--keycloak", "nonsense")]
    [InlineData("is no http or https address", "--keycloak", "ftp://127.0.0.1")]
    [InlineData("cannot be reached", "--demo", "--keycloak", "http://127.0.0.1:1", "--keycloak-admin", "admin")]
    [InlineData("--nonsense", "--nonsense")]
    public async Task What_cannot_run_says_so_and_exits_2(string said, params string[] args)
    {
        using var error = new StringWriter();
        (await SandboxCommand.Run(args, new InvocationConfiguration { Error = error, Output = error })).ShouldBe(2);
        error.ToString().ShouldContain(said);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        (await Should.ThrowAsync<SandboxException>(() => RunningSandbox.Start(new SandboxSettings { Port = port }, Ct))).Message.ShouldContain($"Port {port}");
    }

    [Fact]
    public async Task A_bot_that_cannot_start_is_quoted()
    {
        var settings = new Dictionary<string, string> { ["Slack__BotToken"] = "xoxb-sandbox" };
        (await Should.ThrowAsync<SandboxException>(() => BotProcess.Start(settings, _ => { }, Ct))).Message.ShouldContain("Slack:SigningSecret");
    }
}
