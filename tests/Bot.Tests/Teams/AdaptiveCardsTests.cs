using System.Diagnostics;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Bot.Tests.Teams;

/// <summary>Microsoft's own parser and renderer (npm's <c>adaptivecards</c>, installed by <c>scripts/install</c>) takes every card without a warning.</summary>
public sealed class AdaptiveCardsTests
{
    private static readonly string checker = Path.Combine(RepositoryFolder.Path, "tests", "adaptive-cards");

    [Fact]
    public async Task Every_golden_card_is_drawn_with_all_its_text()
    {
        var golden = Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "tests", "Bot.Tests", "Teams", "Golden"), "*.json");

        golden.Length.ShouldBeGreaterThan(30);
        var (exitCode, output) = await Check(golden);
        exitCode.ShouldBe(0, output);
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_card_with_something_that_the_schema_does_not_know_is_told()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlok", "text": "x"}]}""", TestContext.Current.CancellationToken);
            var (exitCode, output) = await Check(file);
            exitCode.ShouldBe(1, output);
            output.ShouldContain("TextBlok");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(int ExitCode, string Output)> Check(params IEnumerable<string> files)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(checker, "node_modules")), "npm's adaptivecards is not installed (scripts/install)");
        using var node = Process.Start(new ProcessStartInfo("node", ["check.mjs", .. files]) { WorkingDirectory = checker, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (node.ExitCode, await output + await errors);
    }
}
