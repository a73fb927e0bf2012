using ChatGovernance.Infrastructure.Audit;
using ChatGovernance.Infrastructure.Tests.Persistence;
using FsCheck;
using FsCheck.Fluent;

namespace ChatGovernance.Infrastructure.Tests.Audit;

/// <summary>Any one change anywhere in any chain is found, at the right row.</summary>
public sealed class AuditChainCheckTests
{
    private static readonly Dictionary<string, Mutation> mutations = new()
    {
        ["a character of the payload"] = (lines, at, spot) => Replace(lines, at, line => line with { Payload = Changed(line.Payload, spot) }, at),
        ["a bit of the hash"] = (lines, at, spot) => Replace(lines, at, line => line with { Hash = Flipped(line.Hash, spot) }, at),
        ["a bit of the previous hash"] = (lines, at, spot) => Replace(lines, at, line => line with { PreviousHash = Flipped(line.PreviousHash, spot) }, at),
        ["a bit of a salt"] = (lines, at, spot) => Replace(lines, at, line => line with { Texts = [line.Texts![0] with { Salt = Flipped(line.Texts![0].Salt!, spot) }, .. line.Texts!.Skip(1)] }, at),
        ["a character of a text"] = (lines, at, spot) => Replace(lines, at, line => line with { Texts = [line.Texts![0] with { Text = Changed(line.Texts![0].Text!, spot) }, .. line.Texts!.Skip(1)] }, at),
        ["a text erased"] = (lines, at, _) => Replace(lines, at, line => line with { Texts = [line.Texts![0] with { Salt = null, Text = null }, .. line.Texts!.Skip(1)] }, null),
        ["a row removed"] = (lines, at, _) => ([.. lines.Where(line => line.Number != at)], at),
        ["a row removed and the gap closed"] = (lines, at, _) => (
            [.. lines.Where(line => line.Number != at).Select(line => line.Number > at ? line with { Number = line.Number - 1 } : line)], at),
        ["a row doubled, with room made for it"] = (lines, at, _) => (
            [.. lines.Take(at), lines[at - 1] with { Number = at + 1 }, .. lines.Skip(at).Select(line => line with { Number = line.Number + 1 })], at + 1),
        ["two rows exchanged"] = (lines, at, _) => at == lines.Count
            ? (lines, null)
            : ([.. lines.Take(at - 1), lines[at] with { Number = at }, lines[at - 1] with { Number = at + 1 }, .. lines.Skip(at + 1)], at),
        // Nobody can tell the row itself from a true one; the next one, or the head, does not follow it.
        ["a row rewritten with its hash"] = (lines, at, _) => Replace(
            lines, at, line => Rehashed(line with { Payload = line.Payload.Replace("approve", "deny", StringComparison.Ordinal) }), at == lines.Count ? at : at + 1),
    };

    private delegate (IReadOnlyList<AuditLine> Lines, long? Broken) Mutation(IReadOnlyList<AuditLine> lines, int at, int spot);

    public static TheoryData<string> Names => [.. mutations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_change_is_found_where_it_was_made(string name)
    {
        var cases = from rows in Gen.Choose(1, 12)
                    from at in Gen.Choose(1, rows)
                    from spot in Gen.Choose(0, 10_000)
                    select (rows, at, spot);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var chain = Chain(one.rows);
            var (lines, broken) = mutations[name](chain, one.at, one.spot);
            return Check(lines, chain[^1]).Break?.Number == broken;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_chain_that_nobody_touched_holds() => Prop.ForAll(Gen.Choose(1, 30).ToArbitrary(), rows =>
    {
        var chain = Chain(rows);
        return Check(chain, chain[^1]) is { Holds: true, Erased: 0 } verification && verification.Rows == rows;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_empty_chain_holds() => new AuditChainCheck().End(0, AuditChain.Genesis).Holds.ShouldBeTrue();

    private static AuditVerification Check(IEnumerable<AuditLine> lines, AuditLine head)
    {
        var check = new AuditChainCheck();
        foreach (var line in lines)
        {
            if (!check.Follow(line))
                break;
        }

        return check.End(head.Number, head.Hash);
    }

    private static List<AuditLine> Chain(int rows)
    {
        var lines = new List<AuditLine>();
        var hash = AuditChain.Genesis;
        for (var number = 1; number <= rows; number++)
        {
            var entry = AuditSamples.Entry(new DateTimeOffset(2027, 1, 4, 9, number, 0, TimeSpan.Zero));
            var texts = entry.Personal.Select(field => new AuditText(field.Key, [.. Enumerable.Repeat((byte)number, AuditChain.SaltLength)], field.Value)).ToList();
            var payload = AuditChain.Payload(number, entry, texts.ToDictionary(text => text.Field, text => AuditChain.Digest(text.Salt!, text.Text!)));
            lines.Add(Rehashed(new AuditLine
            {
                Number = number,
                At = entry.At,
                Kind = entry.Kind,
                Subject = entry.Subject.Value,
                Payload = payload,
                PreviousHash = hash,
                Hash = [],
                Texts = texts,
            }));
            hash = lines[^1].Hash;
        }

        return lines;
    }

    private static AuditLine Rehashed(AuditLine line) => line with { Hash = AuditChain.Hash(line.PreviousHash, line.Payload) };

    private static (IReadOnlyList<AuditLine> Lines, long? Broken) Replace(IReadOnlyList<AuditLine> lines, int at, Func<AuditLine, AuditLine> change, long? broken) =>
        ([.. lines.Select(line => line.Number == at ? change(line) : line)], broken);

    private static string Changed(string text, int spot)
    {
        var index = spot % text.Length;
        // A half of a pair by itself would not even be text; its other half goes too.
        if (char.IsSurrogate(text[index]))
            return text.Replace("🔥", "x", StringComparison.Ordinal);
        return text[..index] + (text[index] == 'x' ? 'y' : 'x') + text[(index + 1)..];
    }

    private static byte[] Flipped(byte[] bytes, int spot)
    {
        var flipped = bytes.ToArray();
        flipped[spot / 8 % bytes.Length] ^= (byte)(1 << (spot % 8));
        return flipped;
    }
}
