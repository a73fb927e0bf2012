using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Realm;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>The commands that ask, with SQLite and the sandbox's realm and workspace: what they print, and their exit codes.</summary>
public sealed class QuestionTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("chatgovernance-").FullName;

    private SandboxRealm realm = null!;
    private SlackWorkspace workspace = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Settings => new()
    {
        ["ConnectionStrings:ChatGovernance"] = $"Data Source={folder}/bot.db",
        ["Keycloak:Url"] = realm.Url.ToString(),
        ["Keycloak:Realm"] = realm.Name,
        ["Keycloak:ClientId"] = "chat-governance",
        ["Keycloak:ClientSecret"] = "bot-secret",
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
        (await Run("migrate")).ExitCode.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        await workspace.DisposeAsync();
        await realm.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Lint_names_what_is_wrong_in_words_and_in_JSON()
    {
        var (exitCode, words) = await Run("lint");
        exitCode.ShouldBe(1, words);
        words.ShouldContain("error: /realm-administrators. It gives the right to administer a realm");

        var json = await Run("lint", "--json");
        json.ExitCode.ShouldBe(1);
        var findings = JsonNode.Parse(json.Output)!["findings"]!.AsArray();
        var administrative = findings.Single(finding => (string)finding!["code"]! == "administrative")!;
        administrative["severity"]!.GetValue<string>().ShouldBe("error");
        administrative["target"]!.GetValue<string>().ShouldBe("/realm-administrators");
        administrative["mend"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Explain_says_who_would_be_asked_and_how_a_request_would_be_refused()
    {
        var asked = await Run("explain", "alice", "/databases/production");
        asked.ExitCode.ShouldBe(0, asked.Output);
        asked.Output.ShouldContain("Alice Adams may ask for /databases/production");
        asked.Output.ShouldContain("Bob Brown");
        JsonNode.Parse((await Run("explain", "ALICE", "production", "--json")).Output)!["wouldBeDecided"]!.GetValue<bool>().ShouldBeTrue();

        var refused = await Run("explain", "alice", "/realm-administrators");
        refused.ExitCode.ShouldBe(1, refused.Output);
        refused.Output.ShouldContain("such access is never given here");

        (await Run("explain", "nobody", "/databases/production")).ShouldBe((1, "chatgovernance: No person is called \"nobody\"\n  Write a username, an id in Keycloak, or a chat account: slack:TEAM/USER or teams:TENANT/OBJECT."));
        var several = await Run("explain", "alice", "databases/");
        several.ExitCode.ShouldBe(1);
        several.Output.ShouldContain("/databases/staging");
    }

    [Fact]
    public async Task Doctor_says_what_it_found_and_fails_where_something_has_failed()
    {
        var well = await Run("doctor");
        well.ExitCode.ShouldBe(0, well.Output);
        well.Output.ShouldContain("Keycloak\n  ok       answers: ");
        well.Output.ShouldContain("warning  Access:SecurityGroup: ");

        realm.SetAdminEvents(false);
        var json = await Run("doctor", "--json");
        json.ExitCode.ShouldBe(1);
        var checks = JsonNode.Parse(json.Output)!["checks"]!.AsArray();
        checks.Where(check => (string)check!["result"]! == "failed").ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe("admin events");
    }

    [Fact]
    public async Task With_Keycloak_away_nothing_is_called_in_order()
    {
        var settings = Settings;
        settings["Keycloak:Url"] = "http://127.0.0.1:9";
        foreach (var arguments in new string[][] { ["lint"], ["explain", "alice", "production"], ["permissions"] })
        {
            var (exitCode, output) = await BotProcess.Run(settings, arguments, Ct);
            exitCode.ShouldBe(2, output);
            output.ShouldBe("chatgovernance: Keycloak does not answer.");
        }

        var doctor = await BotProcess.Run(settings, ["doctor"], Ct);
        doctor.ExitCode.ShouldBe(1, doctor.Output);
        doctor.Output.ShouldContain("failed   answers: It does not answer.");
    }

    [Fact]
    public async Task Without_a_schema_or_a_database_a_line_says_so_and_no_file_is_made()
    {
        var settings = Settings;
        settings["ConnectionStrings:ChatGovernance"] = $"Data Source={folder}/nothing.db";
        var (exitCode, output) = await BotProcess.Run(settings, ["lint"], Ct);

        exitCode.ShouldBe(2, output);
        output.ShouldStartWith("chatgovernance: the database cannot be read: ");
        File.Exists($"{folder}/nothing.db").ShouldBeFalse();
    }

    [Fact]
    public async Task Every_command_has_help()
    {
        foreach (var command in new string[][] { ["lint"], ["explain"], ["doctor"], ["permissions"], ["webhooks", "resend"] })
        {
            var (exitCode, output) = await Run([.. command, "--help"]);
            exitCode.ShouldBe(0, output);
            output.ShouldContain("Exit code");
        }
    }

    private Task<(int ExitCode, string Output)> Run(params string[] arguments) => BotProcess.Run(Settings, arguments, Ct);
}
