using System.Text.Json.Nodes;
using ChatGovernance.Bot.Api;
using ChatGovernance.Core;
using ChatGovernance.Core.Requests;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Bot.Tests.Api;

public sealed class ProblemsTests
{
    private static readonly string documentation = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "api.md"));

    public static TheoryData<string> Refusals => Specimen.NamesOf<Refusal>();

    [Theory, MemberData(nameof(Refusals))]
    public void Every_refusal_has_a_type_that_is_documented_with_its_status(string name)
    {
        var answer = Problems.For(Specimen.Named<Refusal>(name));
        var problem = JsonNode.Parse(answer.Body)!;
        var type = ((string)problem["type"]!)["urn:chatgovernance:problem:".Length..];
        answer.ContentType.ShouldBe("application/problem+json");
        ((int)problem["status"]!).ShouldBe(answer.Status);
        StatusOf(type).ShouldContain(answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var detail = (string)problem["detail"]!;
        detail.ShouldNotContain("/request-access", Case.Insensitive);
        detail.ShouldNotContain("click");
        detail.ShouldNotContain("button");
    }

    [Fact]
    public void Every_other_type_is_documented_with_its_status()
    {
        foreach (var (type, status) in Problems.Others)
            StatusOf(type).ShouldContain(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var doubt in Enum.GetValues<Doubt>())
            StatusOf(Problems.TypeOf(doubt)["urn:chatgovernance:problem:".Length..]).ShouldBe("503", doubt.ToString());
    }

    /// <summary>The second column of the row that names it.</summary>
    private static string StatusOf(string type) =>
        documentation.Split('\n').Where(line => line.StartsWith('|') && line.Split('|')[1].Contains($"`{type}`", StringComparison.Ordinal)).ShouldHaveSingleItem(type).Split('|')[2].Trim();
}
