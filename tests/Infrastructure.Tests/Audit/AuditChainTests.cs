using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Audit;

namespace ChatGovernance.Infrastructure.Tests.Audit;

/// <summary>The format: a change that breaks one of these breaks every chain there is.</summary>
public sealed class AuditChainTests
{
    private static readonly AuditEntry entry = new()
    {
        Kind = AuditKind.RequestDenied,
        Subject = new Subject("request:00000000000000000000000000000001"),
        At = new DateTimeOffset(2027, 1, 4, 10, 0, 0, 123, TimeSpan.FromHours(1)),
        Facts = new Dictionary<string, string> { ["target"] = "group:g", ["by"] = "p" },
        Personal = new Dictionary<string, string> { ["reason"] = "Grüße" },
    };

    // Computed apart from this program: printf '%s' SALT TEXT | sha256sum, with the salt 00 01 … 0f.
    private const string Digest = "8e9acbb9325ba28b68c02c75044d205c2e58e4b23547d200d39328a2d515e94c";

    private const string Payload =
        $$"""{"at":"2027-01-04T09:00:00.123Z","facts":{"by":"p","target":"group:g"},"kind":"request.denied","number":"7","personal":{"reason":"{{Digest}}"},"subject":"request:00000000000000000000000000000001"}""";

    [Fact]
    public void Personal_text_is_covered_by_a_salted_digest() =>
        AuditChain.Digest([.. Enumerable.Range(0, 16).Select(value => (byte)value)], "Grüße").ShouldBe(Digest);

    [Fact]
    public void A_row_is_flat_canonical_JSON() =>
        AuditChain.Payload(7, entry, new Dictionary<string, string> { ["reason"] = Digest }).ShouldBe(Payload);

    [Fact]
    public void A_hash_covers_the_one_before_and_the_row() =>
        Convert.ToHexStringLower(AuditChain.Hash(AuditChain.Genesis, Payload)).ShouldBe("74431f0bd39f9af6a4086eecc6b8fbe09ff9f61e35599dc25ebf0f375bce0b6c");

    [Fact]
    public void People_compare_twelve_digits() => AuditChain.Short(AuditChain.Hash(AuditChain.Genesis, Payload)).ShouldBe("74431f0bd39f");

    // Code units, because an attribute cannot hold a text that is not valid.
    [Theory]
    [InlineData(false, new[] { 0x61, 0xd83d })]
    [InlineData(false, new[] { 0xd83d, 0x61 })]
    [InlineData(false, new[] { 0xde00, 0x61 })]
    [InlineData(false, new[] { 0x61, 0 })]
    [InlineData(true, new[] { 0x61, 0xd83d, 0xde00, 0x0a })]
    public void Only_valid_text_is_taken(bool valid, int[] units)
    {
        var text = new string([.. units.Select(unit => (char)unit)]);
        var check = () => AuditChain.Check([entry with { Facts = new Dictionary<string, string> { ["x"] = text } }]);

        if (valid)
            check.ShouldNotThrow();
        else
            check.ShouldThrow<ArgumentException>();
    }
}
