using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Core.Tests.Architecture;

/// <summary>Bot → Infrastructure → Core, and Core knows nothing of what it is run on.</summary>
public sealed partial class LayersTests
{
    public static TheoryData<string, string[]> Layers => new()
    {
        { "Core", [] },
        { "Infrastructure", ["Core"] },
        { "Bot", ["Core", "Infrastructure"] },
    };

    [Theory, MemberData(nameof(Layers))]
    public void A_layer_knows_only_those_below_it(string layer, string[] below) =>
        Items(layer, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).ShouldBeSubsetOf(below);

    [Fact]
    public void Core_stands_on_the_language_alone()
    {
        Items("Core", "PackageReference").ShouldBeEmpty();
        Items("Core", "FrameworkReference").ShouldBeEmpty();
        typeof(Text).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) || Foreign().IsMatch(name)).ShouldBeEmpty();
    }

    [Fact]
    public void Core_has_no_namespace_of_a_technology() =>
        typeof(Text).Assembly.GetTypes().Select(type => type.Namespace ?? "").Distinct()
            .Where(name => Technology().IsMatch(name)).ShouldBeEmpty();

    [Fact]
    public void No_file_of_Core_uses_a_technology() =>
        System.IO.Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, "src", "Core"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .SelectMany(File.ReadLines)
            .Where(line => line.TrimStart().StartsWith("using ", StringComparison.Ordinal) && (Foreign().IsMatch(line) || Technology().IsMatch(line)))
            .ShouldBeEmpty();

    private static IEnumerable<string> Items(string project, string item)
    {
        var file = Path.Combine(RepositoryFolder.Path, "src", project, $"{project}.csproj");
        return XDocument.Load(file).Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
    }

    [GeneratedRegex(@"Microsoft\.|System\.(Net\b|Text\.Json|Data\b|Web\b)|RestEase|Npgsql|Sqlite|Quartz")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"\b(Keycloak|Slack|Teams|EntityFramework|Http|Json|Sql)\b")]
    private static partial Regex Technology();
}
