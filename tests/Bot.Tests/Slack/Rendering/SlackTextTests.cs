using ChatGovernance.Bot.Slack.Rendering;

namespace ChatGovernance.Bot.Tests.Slack.Rendering;

public sealed class SlackTextTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("a&b", 7, "a&b")]
    [InlineData("a&b", 6, "a…")]
    [InlineData("<>", 8, "<>")]
    [InlineData("<>", 7, "<…")]
    [InlineData("ab👩‍👩‍👧‍👦", 12, "ab…")]
    [InlineData("é́é́", 3, "é́…")]
    public void Text_is_cut_at_whole_characters_by_what_it_takes_once_escaped(string text, int max, string expected) =>
        SlackText.Cut(text, max).ShouldBe(expected);

    [Theory]
    [InlineData("/a/b/c", 6, "/a/b/c")]
    [InlineData("/a/b/c", 5, "…/b/c")]
    [InlineData("👩‍👩‍👧‍👦ab", 5, "…ab")]
    public void A_path_keeps_its_end(string text, int max, string expected) => SlackText.CutFront(text, max).ShouldBe(expected);

    [Theory]
    [InlineData("a & b", "a & b")]
    [InlineData("a &amp; b", "a &amp;amp; b")]
    [InlineData("&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;")]
    [InlineData(" ", "–")]
    public void Plain_text_shows_what_was_typed(string text, string expected) => SlackText.Plain(text, 100).Text.ShouldBe(expected);
}
