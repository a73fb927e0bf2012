using System.ComponentModel;
using YamlDotNet.RepresentationModel;

namespace ChatGovernance.EndToEnd.Tests.Compose;

/// <summary>A compose file as <c>docker-compose config</c> resolves it: in the words of its version 1, and of version 2.</summary>
internal sealed class ComposeFile
{
    private readonly YamlMappingNode root;

    private ComposeFile(YamlMappingNode root) => this.root = root;

    public IReadOnlyList<string> Services => [.. ((YamlMappingNode)root["services"]).Children.Keys.Select(Text)];

    /// <summary>Skips the test, with the reason, where the program is missing.</summary>
    public static async Task<ComposeFile> Read(string path, CancellationToken ct)
    {
        try
        {
            var (code, output) = await PlainProcess.Run(["docker-compose", "--file", path, "config"], new Dictionary<string, string>(), Path.GetDirectoryName(path)!, ct);
            code.ShouldBe(0, output);
            var yaml = new YamlStream();
            yaml.Load(new StringReader(output));
            return new ComposeFile((YamlMappingNode)yaml.Documents[0].RootNode);
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no docker-compose here: run scripts/test --install.");
            throw; // not reached: skipping throws
        }
    }

    public ComposeService Service(string name)
    {
        var service = (YamlMappingNode)root["services"][name];
        return new ComposeService(
            name,
            Find(service, "environment") is YamlMappingNode variables ? variables.Children.ToDictionary(v => Text(v.Key), v => Text(v.Value)) : [],
            Texts(Find(service, "entrypoint")),
            Texts(Find(service, "command")),
            Find(service, "healthcheck") is YamlMappingNode check ? HealthCheck(check) : [],
            [.. Items(Find(service, "secrets")).Select(s => Text(s is YamlMappingNode long_ ? long_["source"] : s))],
            Items(Find(service, "volumes")).Select(Mount).Where(m => Path.IsPathRooted(m.Source)).ToDictionary(m => m.Target, m => m.Source),
            Find(service, "build") is { } build ? Text(build is YamlMappingNode context ? context["context"] : build) : null);
    }

    /// <summary>Path of the file that a secret comes from.</summary>
    public string FileOf(string secret) => Text(root["secrets"][secret]["file"]);

    private static IReadOnlyList<string> HealthCheck(YamlMappingNode check)
    {
        var test = Texts(check["test"]);
        test[0].ShouldBe("CMD");
        return [.. test.Skip(1)];
    }

    private static (string Source, string Target) Mount(YamlNode volume) => volume is YamlMappingNode mount
        ? (Text(mount["source"]), Text(mount["target"]))
        : (Text(volume).Split(':')[0], Text(volume).Split(':')[1]);

    private static YamlNode? Find(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;

    private static IEnumerable<YamlNode> Items(YamlNode? node) => node is YamlSequenceNode list ? list : [];

    private static IReadOnlyList<string> Texts(YamlNode? node) => [.. Items(node).Select(Text)];

    /// <summary>A dollar is written doubled, so that what is printed could be read as a compose file again.</summary>
    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!.Replace("$$", "$", StringComparison.Ordinal);
}
