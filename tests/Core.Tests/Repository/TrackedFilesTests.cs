using System.Diagnostics;
using System.Text.RegularExpressions;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Core.Tests.Repository;

/// <summary>What must not be in any file that git tracks. The patterns are written so that they do not find themselves.</summary>
public sealed partial class TrackedFilesTests
{
    private static readonly Lazy<IReadOnlyList<TrackedFile>> Files = new(ReadAll);

    [Fact]
    public void No_file_names_a_path_of_one_machine() => Files.Value.ShouldHaveNo(MachinePath());

    [Fact]
    public void No_file_puts_work_off_by_a_mark() => Files.Value.ShouldHaveNo(WorkPutOff());

    [Fact]
    public void No_file_names_the_registry_its_packages_came_from() => Files.Value.ShouldHaveNo(Registry());

    [Fact]
    public void Production_code_takes_its_HTTP_clients_from_the_factory() =>
        Files.Value.Where(file => file.IsUnder("src") && file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .ShouldHaveNo(OwnHttpClient());

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "ChatGovernance.sln")).Replace('\\', '/');

        Files.Value.Select(file => file.Path)
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && !solution.Contains($"\"{path}\"", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("see /wor" + "k/main/x")]
    [InlineData("\"/ho" + "me/alice/x\"")]
    [InlineData(@"C:\Use" + @"rs\alice\x")]
    public void A_path_of_one_machine_is_recognised(string text) => MachinePath().IsMatch(text).ShouldBeTrue();

    [Theory]
    [InlineData("https://example.org/wor" + "k/main")]
    [InlineData("src/wor" + "k/Queue.cs")]
    [InlineData("~/wor" + "k/x")]
    public void An_address_or_a_relative_path_is_not_a_path_of_one_machine(string text) =>
        MachinePath().IsMatch(text).ShouldBeFalse();

    private static IReadOnlyList<TrackedFile> ReadAll()
    {
        // A checkout made by another user is still this checkout.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "-z"])
        {
            WorkingDirectory = RepositoryFolder.Path,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
        paths.ShouldNotBeEmpty();
        return [.. paths.Select(TrackedFile.Read).OfType<TrackedFile>()];
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9._~/-])/(?:wor[k]|far[m]|roo[t]|hom[e]/[a-z]|User[s]/[A-Za-z])[A-Za-z0-9._-]*/|[A-Za-z]:\\User[s]\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(?:TOD[O]|FIXM[E])\b")]
    private static partial Regex WorkPutOff();

    [GeneratedRegex(
        @"api\.nuget\.or[g]|registry\.npmjs\.or[g]|registry\.yarnpkg\.co[m]|repo1?\.maven(?:\.apache)?\.or[g]|pypi\.or[g]|artifactor[y]",
        RegexOptions.IgnoreCase)]
    private static partial Regex Registry();

    [GeneratedRegex(@"new HttpClient\s*\(\s*\)|\bHttpClient\s+\w+\s*=\s*new\s*\(\s*\)")]
    private static partial Regex OwnHttpClient();
}
