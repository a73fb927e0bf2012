using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Policies;
using static ChatGovernance.TestSupport.Builders.Targets;

namespace ChatGovernance.Core.Tests.Policies;

public sealed class CatalogSearchTests
{
    private static readonly Catalog catalog = ACatalog(
        AnEntry("/Prod/Database", "Read and write production data"),
        AnEntry("/prod/database-admins", "Schema changes"),
        AnEntry("/staging/database", "Try things out"),
        AnEntry("/finance/reports", "Zürich and Łódź figures"),
        AnEntry("billing-app/reader", "Invoices"),
        AnEntry("Großkunden", "Key accounts"));

    [Theory]
    [InlineData("database", "/Prod/Database", "/staging/database", "/prod/database-admins")]
    [InlineData("DATABASE", "/Prod/Database", "/staging/database", "/prod/database-admins")]
    [InlineData("data prod", "/Prod/Database", "/prod/database-admins")]
    [InlineData("/prod/database", "/Prod/Database", "/prod/database-admins")]
    [InlineData("admins", "/prod/database-admins")]
    [InlineData("tabase-ad", "/prod/database-admins")]
    [InlineData("schema", "/prod/database-admins")]
    [InlineData("zurich", "/finance/reports")]
    [InlineData("ZÜRICH", "/finance/reports")]
    [InlineData("zu\u0308rich", "/finance/reports")]
    [InlineData("lodz", "/finance/reports")]
    [InlineData("grosskunden", "Großkunden")]
    [InlineData("reader", "billing-app/reader")]
    [InlineData("billing-app/reader", "billing-app/reader")]
    [InlineData("nothing")]
    [InlineData("database nothing")]
    public void Words_and_prefixes_are_found_whatever_their_case_and_accents(string text, params string[] names) =>
        catalog.Search(text, 10).Select(entry => entry.Name).ShouldBe(names);

    [Theory, InlineData(""), InlineData("  "), InlineData("/"), InlineData(" - ")]
    public void A_search_for_nothing_shows_the_first_by_name(string text) =>
        catalog.Search(text, 2).Select(entry => entry.Name).ShouldBe(["/finance/reports", "/Prod/Database"]);

    [Fact]
    public void The_whole_name_comes_before_names_that_begin_so_and_those_before_the_rest() =>
        ACatalog(AnEntry("/x", "report"), AnEntry("/a-report-x"), AnEntry("report-2"), AnEntry("report"))
            .Search("report", 10).Select(entry => entry.Name).ShouldBe(["report", "report-2", "/a-report-x", "/x"]);

    [Fact]
    public void No_more_is_shown_than_asked_for() => catalog.Search("d", 1).Count.ShouldBe(1);

    [Fact]
    public void A_target_is_found_by_its_id()
    {
        catalog.Find(new TargetId(TargetKind.Group, "Großkunden")).ShouldNotBeNull();
        catalog.Find(new TargetId(TargetKind.RealmRole, "Großkunden")).ShouldBeNull();
    }

    [Fact]
    public void One_of_ten_thousand_is_found_by_name_word_and_number()
    {
        var large = ACatalog([.. Enumerable.Range(0, 10_000).Select(number => AnEntry($"/teams/team-{number:D5}/access", $"Team number {number}", id: $"t{number}"))]);

        large.Search("team-04711", 100).ShouldHaveSingleItem().Name.ShouldBe("/teams/team-04711/access");
        large.Search("number 4711", 100).ShouldHaveSingleItem().Name.ShouldBe("/teams/team-04711/access");
        large.Search("team", 100).Count.ShouldBe(100);
        large.Search("", 100)[0].Name.ShouldBe("/teams/team-00000/access");
        large.Search("nowhere", 100).ShouldBeEmpty();
    }
}
