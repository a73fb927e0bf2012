using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>The policy file beside the bot as it ships: read again when it changes, and the last good one when it is broken.</summary>
public sealed class PolicyFileTests(PolicyDeployment deployment) : JourneyTest(deployment), IClassFixture<PolicyDeployment>
{
    [Fact]
    public async Task It_is_read_again_when_it_changes_and_a_broken_one_leaves_the_last_good_one_also_after_a_restart()
    {
        await Says("A policy file holds from now on: version ");
        await Asks(Alice, "/apps/wiki", "1h");
        await Told(Alice, "Your request for /apps/wiki waits for a decision");

        await deployment.Write("version: 1\nlimits:\n  justification-pattern: INC-[0-9]+\n");
        await Says("Another policy holds from now on: version ");
        await deployment.Write("version: 1\nlimits:\n  justification-pattern: \"(\"\n");
        await Says("The policy file cannot be used, so the last good one goes on. `justification-pattern` at line 3");
        await deployment.Bot.Kill();
        await deployment.StartBot(Ct);

        var form = await AboutToAsk(Bob, "/apps/safe", "1h");
        (await form.Submits(Ct)).Errors.Values.ShouldHaveSingleItem();
        form.Writes("justification", "INC-1: it is down.");
        (await form.Submits(Ct)).Closed.ShouldBeTrue();

        await deployment.Write("version: 1\n");
        await Says("The policy file can be used again.");
        AuditSays("The policy file cannot be used").ShouldBe(1);
    }

    [Fact]
    public async Task A_broken_one_at_the_first_start_stops_it_with_one_line_and_diff_says_what_another_would_change()
    {
        var folder = Directory.CreateTempSubdirectory("chatgovernance-").FullName;
        try
        {
            var file = Path.Combine(folder, "policy.yaml");
            await File.WriteAllTextAsync(file, "version: 1\nlimits:\n  risk: extreme\n", Ct);
            var settings = new Dictionary<string, string>(deployment.Settings) { ["Database:Provider"] = "Sqlite", ["ConnectionStrings:ChatGovernance"] = $"Data Source={folder}/bot.db", ["ConnectionStrings:Migrations"] = "", ["Policy:File"] = file };
            var (exitCode, output) = await BotProcess.Run(settings, ["serve"], Ct);
            exitCode.ShouldBe(2);
            output.Trim().Split('\n')[^1].ShouldBe("chatgovernance: could not start: Policy:File cannot be used, and there is no earlier one to go on with. `risk` at line 3 is neither low, medium nor high.");
            (exitCode, output) = await BotProcess.Run(deployment.Settings, ["policy", "diff", file], Ct);
            (exitCode, output.Contains("`risk` at line 3", StringComparison.Ordinal)).ShouldBe((2, true));

            await File.WriteAllTextAsync(file, "version: 1\nlimits:\n  max-duration: 2h\n", Ct);
            (exitCode, output) = await BotProcess.Run(deployment.Settings, ["policy", "diff", file], Ct);
            exitCode.ShouldBe(1);
            output.ShouldContain("/apps/tower\n  max-duration: 8h → 2h");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Task<SlackMessage> Says(string line) =>
        Deployment.Person("erin").SeesMessage(m => m.ChannelId == Deployment.Workspace.Channel("access-audit").Id && m.AllText.Contains(line, StringComparison.Ordinal), Patience, Ct);

    private int AuditSays(string line) => Deployment.Workspace.Messages.Count(m => m.AllText.Contains(line, StringComparison.Ordinal));
}

/// <summary>With a policy file, on the sandbox's realm.</summary>
public sealed class PolicyDeployment : Deployment
{
    private readonly string folder = Directory.CreateTempSubdirectory("chatgovernance-policy-").FullName;

    public override Dictionary<string, string> Settings => new(base.Settings) { ["Policy:File"] = PolicyPath };

    protected override RealmKind Realms => RealmKind.Sandbox;

    private string PolicyPath => Path.Combine(folder, "policy.yaml");

    public override async Task Start(string realmFile, CancellationToken ct)
    {
        if (!File.Exists(PolicyPath))
            await Write("version: 1\nlimits:\n  auto-approval: false\n");
        await base.Start(realmFile, ct);
    }

    /// <summary>As a whole at one moment, as a careful hand or a mounted map does.</summary>
    public async Task Write(string text)
    {
        var beside = PolicyPath + ".new";
        await File.WriteAllTextAsync(beside, text);
        File.Move(beside, PolicyPath, overwrite: true);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
