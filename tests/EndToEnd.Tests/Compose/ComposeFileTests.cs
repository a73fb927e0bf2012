using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChatGovernance.TestSupport;

namespace ChatGovernance.EndToEnd.Tests.Compose;

/// <summary>What the files of the deployment promise, and a container would be needed to see.</summary>
public sealed partial class ComposeFileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bot_gets_no_password_that_is_not_its_own()
    {
        var compose = await Compose();

        compose.Service("bot").Secrets.ShouldBe(["bot-database", "keycloak-client-secret", "keycloak-event-secret", "slack-bot-token", "slack-app-token"]);
    }

    [Fact]
    public async Task Every_secret_that_a_service_reads_is_given_to_it_and_every_one_given_is_read()
    {
        var compose = await Compose();

        foreach (var service in compose.Services.Select(compose.Service))
        {
            var read = service.Environment.Values.Concat(service.Mounts.Values.Where(File.Exists).Select(File.ReadAllText))
                .SelectMany(text => SecretPath().Matches(text)).Select(match => match.Groups[1].Value).Distinct();
            service.Secrets.ShouldBe(read, ignoreOrder: true, service.Name);
        }
    }

    [Fact]
    public void The_realm_gives_the_bot_the_roles_that_the_documentation_asks_for_and_no_other()
    {
        var asked = DocumentedRole().Matches(Text("docs/keycloak-setup.md")).Select(match => match.Groups[1].Value).ToArray();
        var realm = JsonNode.Parse(Text("deploy/keycloak/realm.json"))!;
        var bot = realm["users"]!.AsArray().Single(user => user!["serviceAccountClientId"] is not null)!;

        asked.Length.ShouldBe(4);
        bot["clientRoles"]!.AsObject().Select(client => client.Key).ShouldBe(["realm-management"]);
        bot["clientRoles"]!["realm-management"]!.AsArray().Select(role => (string)role!).ShouldBe(asked, ignoreOrder: true);
        bot["realmRoles"]!.AsArray().Select(role => (string)role!).ShouldBe(["default-roles-example"]); // as every account has
    }

    [Fact]
    public void The_image_restores_every_project_that_the_bot_is_built_from_and_copies_only_what_is_there()
    {
        var copied = Text("Dockerfile").Split('\n').Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ').Skip(1).SkipLast(1)).ToArray();

        foreach (var source in copied)
        {
            var (folder, pattern) = (Path.Combine(RepositoryFolder.Path, Path.GetDirectoryName(source)!), Path.GetFileName(source));
            Directory.EnumerateFileSystemEntries(folder, pattern).ShouldNotBeEmpty(source);
        }

        foreach (var project in WithReferences("src/Bot/Bot.csproj").Distinct())
        {
            var folder = Path.GetDirectoryName(project)!;
            copied.ShouldContain($"{folder}/*.csproj");
            copied.ShouldContain($"{folder}/packages.lock.json");
        }
    }

    private static IEnumerable<string> WithReferences(string project) =>
        XDocument.Parse(Text(project)).Descendants("ProjectReference")
            .Select(reference => Path.Combine(RepositoryFolder.Path, Path.GetDirectoryName(project)!, (string)reference.Attribute("Include")!))
            .SelectMany(path => WithReferences(Path.GetRelativePath(RepositoryFolder.Path, Path.GetFullPath(path)))).Prepend(project);

    private static Task<ComposeFile> Compose() => ComposeFile.Read(Path.Combine(RepositoryFolder.Path, "docker-compose.yml"), Ct);

    private static string Text(string path) => File.ReadAllText(Path.Combine(RepositoryFolder.Path, path));

    [GeneratedRegex("/run/secrets/([a-z-]+)")]
    private static partial Regex SecretPath();

    [GeneratedRegex(@"^ *\| `([a-z-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedRole();
}
