using ChatGovernance.Infrastructure.Audit;

namespace ChatGovernance.Infrastructure.Tests.Audit;

public sealed class AuditAnchorTests
{
    private const string Whole = "1f0c2d3e4a5b6c7d8e9f1f0c2d3e4a5b6c7d8e9f1f0c2d3e4a5b6c7d8e9f0a1b";

    [Theory]
    [InlineData("#120 1f0c2d3e4a5b", "120 1f0c2d3e4a5b")]
    [InlineData("Granted. #7 1f0c2d3e4a5b · #8 0c2d3e4a5b1f", "7 1f0c2d3e4a5b, 8 0c2d3e4a5b1f")]
    [InlineData("#120 123456789012 · #121 1f0c2d3e4a5b", "120 123456789012, 121 1f0c2d3e4a5b")]
    [InlineData("2027-01-04T09:00:00Z: row 120, hash " + Whole, "120 " + Whole)]
    [InlineData("{\"facts\":{\"after\":\"120\",\"hash\":\"" + Whole + "\"},\"number\":\"121\"}", "120 " + Whole)]
    [InlineData("#1 1f0c2d3e4a5b\n#2 0c2d3e4a5b1f\n", "1 1f0c2d3e4a5b, 2 0c2d3e4a5b1f")]
    [InlineData("#120 1f0c2d3e4a5", "")]
    [InlineData("120", "")]
    [InlineData(Whole, "")]
    [InlineData("", "")]
    [InlineData("#99999999999999999999 1f0c2d3e4a5b", "")]
    public void Rows_and_the_beginnings_of_their_hashes_are_found_in_what_people_keep(string text, string found) =>
        string.Join(", ", AuditAnchor.Read(text).Select(anchor => $"{anchor.Number} {anchor.Hash}")).ShouldBe(found);
}
