using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Teams.Rendering;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Bot.Tests.Teams;

/// <summary>The app that the manifest makes can do what the code does, and its package is what Teams takes.</summary>
public sealed class ManifestTests
{
    private static readonly string folder = Path.Combine(RepositoryFolder.Path, "manifests", "teams");

    private static readonly JsonElement manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))).RootElement;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Its_commands_are_those_that_are_understood_and_no_longer_than_Teams_shows()
    {
        foreach (var list in manifest.GetProperty("bots")[0].GetProperty("commandLists").EnumerateArray())
        {
            // https://learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema#botscommandlists
            var commands = list.GetProperty("commands").EnumerateArray().Select(command => (Title: command.GetProperty("title").GetString()!, Description: command.GetProperty("description").GetString()!)).ToList();
            commands.Count.ShouldBeInRange(1, 10);
            commands.ShouldAllBe(command => command.Title.Length <= 32 && command.Description.Length <= 128);
            commands.ShouldAllBe(command => command.Title == "request access" || command.Title.Equals(HomeRenderer.Title, StringComparison.OrdinalIgnoreCase) || TypedCommand.Knows(command.Title));
        }
    }

    [Fact]
    public void It_is_of_a_schema_that_Teams_takes_and_its_icons_have_the_sizes_that_it_wants()
    {
        Version.Parse(manifest.GetProperty("manifestVersion").GetString()!).ShouldBeGreaterThanOrEqualTo(new Version(1, 17));
        manifest.GetProperty("$schema").GetString()!.ShouldContain($"/v{manifest.GetProperty("manifestVersion").GetString()}/");
        SizeOf(manifest.GetProperty("icons").GetProperty("color").GetString()!).ShouldBe((192, 192));
        SizeOf(manifest.GetProperty("icons").GetProperty("outline").GetString()!).ShouldBe((32, 32));
    }

    [Fact]
    public async Task Its_package_names_the_bot_and_its_host_in_place_of_the_examples()
    {
        const string app = "12345678-1234-4321-8765-123456789012";
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():n}.zip");
        try
        {
            using var script = Process.Start(new ProcessStartInfo(Path.Combine(RepositoryFolder.Path, "scripts", "teams-app"), [app, "access.acme.example", file]) { RedirectStandardOutput = true })!;
            await script.WaitForExitAsync(Ct);
            script.ExitCode.ShouldBe(0);
            await using var package = await ZipFile.OpenReadAsync(file, Ct);
            package.Entries.Select(entry => entry.FullName).ShouldBe(["manifest.json", "color.png", "outline.png"], ignoreOrder: true);
            await using var packed = await package.GetEntry("manifest.json")!.OpenAsync(Ct);
            var read = (await JsonDocument.ParseAsync(packed, cancellationToken: Ct)).RootElement;
            read.GetProperty("id").GetString().ShouldBe(app);
            read.GetProperty("bots")[0].GetProperty("botId").GetString().ShouldBe(app);
            read.GetProperty("validDomains")[0].GetString().ShouldBe("access.acme.example");
            read.GetRawText().ShouldNotContain("example.org");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Of a PNG: eight bytes of signature, then the header with width and height.</summary>
    private static (int Width, int Height) SizeOf(string icon)
    {
        var bytes = File.ReadAllBytes(Path.Combine(folder, icon));
        bytes.AsSpan(0, 8).SequenceEqual((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]).ShouldBeTrue();
        return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
    }
}
