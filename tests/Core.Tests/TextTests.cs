using System.Text;
using FsCheck.Fluent;

namespace ChatGovernance.Core.Tests;

public sealed class TextTests
{
    private const string Family = "👩‍👩‍👧";

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("  a  b ", "a  b")]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("a\u2028b\u2029c", "a\nb\nc")]
    [InlineData("a\tb", "a b")]
    [InlineData("a\0b\u0007c\u001bd\u007fe\u0085f", "abcdef")]
    [InlineData("abc\u202egpj.exe", "abcgpj.exe")]
    [InlineData("\u2066a\u2067b\u2068c\u2069\u202a\u202b\u202c\u202d", "abc")]
    [InlineData("日本 العربية 👩‍👩‍👧", "日本 العربية 👩‍👩‍👧")]
    [InlineData("<!channel> *bold* `code` & <b>", "<!channel> *bold* `code` & <b>")]
    public void What_people_wrote_stays_without_what_deceives(string? text, string clean) => Text.Clean(text).ShouldBe(clean);

    [Fact]
    public void A_half_of_a_character_is_replaced()
    {
        Text.Clean("a\ud83db").ShouldBe("a\ufffdb");
        Text.Clean("\udc69\ud83d").ShouldBe("\ufffd\ufffd");
    }

    [Fact]
    public void What_is_clean_can_be_written_as_bytes_and_stays_as_it_is() => Prop.ForAll<string>(text =>
    {
        var clean = Text.Clean(text);
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        return strict.GetString(strict.GetBytes(clean)) == clean && Text.Clean(clean) == clean;
    }).ShouldHold();

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("abcd", 1, "…")]
    [InlineData("", 1, "")]
    [InlineData("a👍b", 3, "a…")]
    [InlineData("e\u0301e\u0301", 3, "e\u0301…")]
    public void A_text_is_cut_between_whole_characters(string text, int max, string cut) => Text.Cut(text, max).ShouldBe(cut);

    [Fact]
    public void An_emoji_of_several_parts_is_kept_whole_or_left_out()
    {
        Text.Cut(Family + "abc", Family.Length + 2).ShouldBe(Family + "a…");
        Text.Cut(Family + "abc", Family.Length).ShouldBe("…");
    }

    [Fact]
    public void A_cut_text_is_never_longer_than_asked() => Prop.ForAll<string, int>((text, number) =>
    {
        var max = 1 + (Math.Abs(number) % 50);
        return Text.Cut(text ?? "", max).Length <= max;
    }).ShouldHold();
}
