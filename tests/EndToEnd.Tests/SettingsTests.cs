using System.Net;
using System.Net.Sockets;
using ChatGovernance.Sandbox.Hosting;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>What an operator gets wrong is named in one line, and nothing starts.</summary>
public sealed class SettingsTests : IDisposable
{
    private const string Secret = "a-secret-that-is-not-shown";

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(90);

    private readonly string folder = Directory.CreateTempSubdirectory("chatgovernance-").FullName;

    /// <summary>The key, and a value that is malformed; an empty one: the key is missing.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { "Keycloak:Url", "" },
        { "Keycloak:Url", "keycloak.example.org" },
        { "Keycloak:Url", "ftp://keycloak.example.org" },
        { "Keycloak:Realm", "" },
        { "Keycloak:ClientId", "" },
        { "Keycloak:ClientSecret", "" },
        { "Keycloak:ClientSecretFile", "/nowhere/secret" },
        { "Keycloak:PublicUrl", "not a url" },
        { "Keycloak:CatalogRefresh", "often" },
        { "Keycloak:CatalogRefresh", "00:00:00" },
        { "Keycloak:CatalogRefresh", "-00:01:00" },
        { "Slack:BotToken", "xapp-1-wrong-kind" },
        { "Slack:BotTokenFile", "/nowhere/token" },
        { "Slack:SigningSecret", "" },
        { "Slack:SigningSecretFile", "/nowhere/secret" },
        { "Slack:AppToken", "xoxb-wrong-kind" },
        { "Slack:AppTokenFile", "/nowhere/token" },
        { "Slack:SocketConnections", "many" },
        { "Slack:SocketConnections", "11" },
        { "Slack:ApiUrl", "slack.com/api" },
        { "Slack:AuditChannel", "" },
        { "Slack:AuditChannel", "two words" },
        { "Slack:Workspaces", "somewhere" },
        { "Slack:AllowGuests", "perhaps" },
        { "Teams:AppId", "two words" },
        { "Teams:AppPassword", "" },
        { "Teams:AppPasswordFile", "/nowhere/password" },
        { "Teams:TenantId", "" },
        { "Teams:OpenIdMetadataUrl", "http://login.example.org/openid" },
        { "Teams:TokenUrl", "ftp://login.example.org" },
        { "Teams:AuditConversation", "two words" },
        { "Teams:AllowGuests", "perhaps" },
        { "Teams:Anonymous", "perhaps" },
        { "Teams:Anonymous", "true" },
        { "Database:Provider", "Oracle" },
        { "Database:MigrateAtStart", "maybe" },
        { "ConnectionStrings:ChatGovernance", "no connection string" },
        { "ConnectionStrings:ChatGovernanceFile", "/nowhere/connection" },
        { "Identity:Sources:0", "face" },
        { "Access:SecurityGroup", "security" },
        { "Access:AdministratorGroup", "/" },
        { "Keycloak:EndSessionsOnRevoke", "perhaps" },
        { "Keycloak:ManageLoginPolicies", "perhaps" },
        { "Webhooks:0:Url", "http://siem.example.org/events" },
        { "Webhooks:0:SecretFile", "/nowhere/secret" },
        { "Workers:Enabled", "sometimes" },
        { "Urls", "nowhere" },
        { "OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318" },
    };

    private Dictionary<string, string> Settings => new()
    {
        ["ConnectionStrings:ChatGovernance"] = $"Data Source={folder}/bot.db",
        ["Keycloak:Url"] = "http://127.0.0.1:9",
        ["Keycloak:Realm"] = "demo",
        ["Keycloak:ClientId"] = "chat-governance",
        ["Keycloak:ClientSecret"] = Secret,
        ["Slack:BotToken"] = $"xoxb-{Secret}",
        ["Slack:SigningSecret"] = Secret,
        ["Slack:ApiUrl"] = "http://127.0.0.1:9/api/",
        ["Slack:AuditChannel"] = "#access-audit",
        ["Teams:AppId"] = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
        ["Teams:AppPassword"] = Secret,
        ["Teams:TenantId"] = "99999999-9999-4999-8999-999999999999",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_setting_that_is_missing_or_malformed_stops_the_start_with_one_line_that_names_it(string key, string value)
    {
        var settings = Settings;
        settings[key] = value;
        using var late = new CancellationTokenSource(patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, Ct);
        var (exitCode, output) = await BotProcess.Run(settings, ["serve"], either.Token);

        exitCode.ShouldBe(2, output);
        var line = output.Trim().Split('\n').ShouldHaveSingleItem(output);
        line.ShouldStartWith("chatgovernance: ");
        line.ShouldContain(key.EndsWith(":0", StringComparison.Ordinal) ? key[..^2] : key);
        output.ShouldNotContain(Secret);
        File.Exists($"{folder}/bot.db").ShouldBeFalse();
    }

    [Fact]
    public async Task What_stands_in_the_way_of_a_start_is_said_in_a_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var inUse = Settings;
        inUse["Urls"] = $"http://127.0.0.1:{port}";
        var away = Settings;
        away["Database:Provider"] = "PostgreSql";
        away["ConnectionStrings:ChatGovernance"] = $"Host=127.0.0.1;Port=9;Username=bot;Password={Secret}";
        foreach (var settings in new[] { inUse, away })
        {
            using var late = new CancellationTokenSource(patience);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, Ct);
            var (exitCode, output) = await BotProcess.Run(settings, ["serve"], either.Token);

            exitCode.ShouldBe(2, output);
            output.Split('\n').Where(line => line.StartsWith("chatgovernance: ", StringComparison.Ordinal)).ShouldHaveSingleItem(output).ShouldStartWith("chatgovernance: could not start: ");
            output.ShouldNotContain("   at ", Case.Sensitive, "a stack trace");
            output.ShouldNotContain("fail:", Case.Sensitive, "an error that is not the line");
            output.ShouldNotContain(Secret);
        }
    }

    [Fact]
    public async Task Secrets_come_from_files_and_are_not_shown()
    {
        var settings = new Dictionary<string, string>(Settings) { ["Webhooks:0:Url"] = "https://siem.example.org", ["Webhooks:0:Secret"] = Secret, ["Webhooks:0:SecretPrevious"] = Secret };
        string[] secrets = ["Keycloak:ClientSecret", "Slack:BotToken", "Slack:SigningSecret", "Teams:AppPassword", "ConnectionStrings:ChatGovernance", "Webhooks:0:Secret", "Webhooks:0:SecretPrevious"];
        foreach (var (key, value) in settings.Where(s => secrets.Contains(s.Key)).ToList())
        {
            var file = Path.Combine(folder, key.Replace(':', '-'));
            await File.WriteAllTextAsync(file, value + "\n", Ct);
            settings.Remove(key);
            settings[key + "File"] = file;
        }

        await using var bot = await BotProcess.Start(settings, _ => { }, Ct); // ready: all were read
        File.Exists($"{folder}/bot.db").ShouldBeTrue();
        bot.Output.ShouldNotContain(Secret);
    }
}
