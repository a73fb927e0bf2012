using System.CommandLine;
using ChatGovernance.Sandbox.Demo;
using ChatGovernance.Sandbox.Hosting;

namespace ChatGovernance.Sandbox.Tests.Demo;

/// <summary>The demonstration with the bot as it ships.</summary>
[Collection(Whole.Name)]
public sealed class DemoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_story_holds_and_every_step_has_its_evidence()
    {
        (int exitCode, string said) = await Play(new SandboxSettings { Port = 0 });
        exitCode.ShouldBe(0, said);
        said.Split('\n').Count(l => l.StartsWith("ok", StringComparison.Ordinal)).ShouldBe(10, said);
        said.ShouldContain("alice is in [/databases/production]");
        said.ShouldContain("audit verify: exit 0");
    }

    [Fact]
    public async Task The_story_fails_where_the_grant_is_not_made()
    {
        (int exitCode, string said) = await Play(new SandboxSettings { Port = 0, RefuseMemberships = true });
        exitCode.ShouldBe(1, said);
        said.Contains("which should have /databases/production", StringComparison.Ordinal).ShouldBeTrue(said);
    }

    [Fact]
    public async Task What_only_tests_use_is_not_in_the_help()
    {
        using var output = new StringWriter();
        (await SandboxCommand.Run(["--help"], new InvocationConfiguration { Output = output })).ShouldBe(0);
        output.ToString().ShouldContain("--keycloak-admin-password");
        output.ToString().ShouldNotContain("--refuse-memberships");
    }

    private static async Task<(int ExitCode, string Said)> Play(SandboxSettings settings)
    {
        using var said = new StringWriter();
        await using RunningSandbox sandbox = await RunningSandbox.Start(settings, Ct);
        int exitCode = await new DemoStory(sandbox, said).Play(Ct);
        return (exitCode, said.ToString());
    }
}
