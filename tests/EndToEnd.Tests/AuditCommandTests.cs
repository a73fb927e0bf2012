using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>The audit is taken out of the house: exported, told outside, and verified there.</summary>
public sealed class AuditCommandTests(AnchoredDeployment deployment) : JourneyTest(deployment), IClassFixture<AnchoredDeployment>
{
    [Fact]
    public async Task An_export_is_verified_elsewhere_against_what_was_told_outside()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/island");
        await Presses(Bob, bobs, "Approve");
        await Told(Alice, "Granted: you now have /apps/island");

        var (exitCode, said) = await Audit("anchor");
        exitCode.ShouldBe(0, said);
        var head = said.Trim().Split('\n')[^1];
        head.ShouldMatch("^#[0-9]+ [0-9a-f]{64}$");
        var channel = Deployment.Workspace.Channel("access-audit").Id;
        var line = await Deployment.Workspace.SeesMessage(channel, m => m.AllText.Contains($"The audit's head: {head}.", StringComparison.Ordinal), Patience, Ct);
        await Until(() => Task.FromResult(File.Exists(deployment.AnchorFile) && File.ReadAllText(deployment.AnchorFile).Contains(head, StringComparison.Ordinal)), "the head to stand in the file");

        foreach (var format in (string[])["ndjson", "csv"])
        {
            var file = Path.Combine(deployment.Folder, $"all.{format}");
            (await Audit("export", "--format", format, "--output", file)).ExitCode.ShouldBe(0);
            var part = Path.Combine(deployment.Folder, $"alice.{format}");
            (await Audit("export", "--format", format, "--output", part, "--person", "Alice Adams")).ExitCode.ShouldBe(0);
            foreach (var export in (string[])[file, part])
            {
                var holds = await Elsewhere("verify", "--file", export, "--anchor", line.AllText, "--anchor", deployment.AnchorFile);
                holds.ExitCode.ShouldBe(0, holds.Output);
                holds.Output.ShouldContain("Anchors outside that it fits:");
            }

            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Ct)).Replace("Alice Adams", "Alice Addams", StringComparison.Ordinal), Ct);
            var broken = await Elsewhere("verify", "--file", file);
            broken.ExitCode.ShouldBe(1, broken.Output);
            broken.Output.ShouldContain("was altered");
        }

        var events = await Audit("export", "--format", "ecs", "--after", "2");
        events.Output.Split('\n').Count(one => one.Contains("\"@timestamp\"", StringComparison.Ordinal)).ShouldBeGreaterThan(5);
        var doctor = await BotProcess.Run(Deployment.Settings, ["doctor"], Ct);
        doctor.Output.ShouldContain($"Every head of the audit that was told stands in {deployment.AnchorFile}.");
    }

    private Task<(int ExitCode, string Output)> Audit(params string[] arguments) => BotProcess.Run(Deployment.Settings, ["audit", .. arguments], Ct);

    /// <summary>On a machine that has nothing but the program and the file.</summary>
    private static Task<(int ExitCode, string Output)> Elsewhere(params string[] arguments) => BotProcess.Run(new Dictionary<string, string>(), ["audit", .. arguments], Ct);
}

/// <summary>A bot that also writes the audit's head to a file.</summary>
public sealed class AnchoredDeployment : Deployment
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("anchored").FullName;

    public string AnchorFile => Path.Combine(Folder, "anchors.txt");

    public override Dictionary<string, string> Settings => new(base.Settings) { ["Audit:AnchorFile"] = AnchorFile };

    protected override RealmKind Realms => RealmKind.Sandbox;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
