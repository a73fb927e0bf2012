using System.Text.Json.Nodes;
using static ChatGovernance.Sandbox.Tests.Slack.Block;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class BlockLimitTests : WorkspaceTest
{
    public static TheoryData<string, Func<int, JsonObject>, int, string> Lengths { get; } = new()
    {
        { "section text", n => Section(Text(n)), 3000, "/blocks/0/text/text" },
        { "header", n => Header(Text(n)), 150, "/blocks/0/text/text" },
        { "field", n => new JsonObject { ["type"] = "section", ["fields"] = new JsonArray(Plain(Text(n))) }, 2000, "/blocks/0/fields/0/text" },
        { "button text", n => Actions(Button(Text(n), "a")), 75, "/blocks/0/elements/0/text/text" },
        { "button value", n => Actions(Button("b", "a", Text(n))), 2000, "/blocks/0/elements/0/value" },
        { "action_id", n => Actions(Button("b", Text(n))), 255, "/blocks/0/elements/0/action_id" },
        { "block_id", n => Section("s").With("block_id", Text(n)), 255, "/blocks/0/block_id" },
        { "option text", n => Actions(Select("a", Option(Text(n), "v"))), 75, "/blocks/0/elements/0/options/0/text/text" },
        { "option value", n => Actions(Select("a", Option("o", Text(n)))), 150, "/blocks/0/elements/0/options/0/value" },
        { "placeholder", n => Actions(Select("a", Option("o", "v")).With("placeholder", Plain(Text(n)))), 150, "/blocks/0/elements/0/placeholder/text" },
        { "label", n => Input("i", TextInput("a")).With("label", Plain(Text(n))), 2000, "/blocks/0/label/text" },
        { "hint", n => Input("i", TextInput("a")).With("hint", Plain(Text(n))), 2000, "/blocks/0/hint/text" },
    };

    public static TheoryData<string, Func<int, JsonObject>, int, string> Counts { get; } = new()
    {
        { "fields", n => new JsonObject { ["type"] = "section", ["fields"] = Many(n, _ => Plain("f")) }, 10, "/blocks/0/fields" },
        { "context elements", n => new JsonObject { ["type"] = "context", ["elements"] = Many(n, _ => Plain("c")) }, 10, "/blocks/0/elements" },
        { "actions", n => new JsonObject { ["type"] = "actions", ["elements"] = Many(n, i => Button("b", $"a{i}")) }, 25, "/blocks/0/elements" },
        { "options", n => Actions(new JsonObject { ["type"] = "static_select", ["options"] = Many(n, i => Option("o", $"v{i}")) }), 100, "/blocks/0/elements/0/options" },
        { "overflow", n => Actions(new JsonObject { ["type"] = "overflow", ["options"] = Many(n, i => Option("o", $"v{i}")) }), 5, "/blocks/0/elements/0/options" },
    };

    public static TheoryData<string, JsonObject, string> Wrong { get; } = new()
    {
        { "unknown block", new JsonObject { ["type"] = "carousel" }, "[ERROR] unsupported type: carousel [json-pointer:/blocks/0/type]" },
        { "unknown element", Actions(new JsonObject { ["type"] = "lever" }), "[ERROR] unsupported type: lever [json-pointer:/blocks/0/elements/0/type]" },
        { "a field outside of an input", Actions(TextInput("a")), "[ERROR] unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]" },
        { "empty text", Section(""), "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]" },
        { "no text", new JsonObject { ["type"] = "section" }, "[ERROR] must define either `text` or `fields` [json-pointer:/blocks/0]" },
        { "mrkdwn in a header", new JsonObject { ["type"] = "header", ["text"] = Markup("h") }, "[ERROR] must be a plain_text object [json-pointer:/blocks/0/text/type]" },
        { "no elements", Actions(), "[ERROR] no fewer than 1 items allowed [json-pointer:/blocks/0/elements]" },
        { "an unknown member", Section("s").With("colour", "red"), "[ERROR] invalid additional property: colour [json-pointer:/blocks/0]" },
        { "emoji in mrkdwn", new JsonObject { ["type"] = "section", ["text"] = Markup("m").With("emoji", true) }, "[ERROR] invalid additional property: emoji [json-pointer:/blocks/0/text]" },
        { "an unknown style", Actions(Button("b", "a").With("style", "loud")), "[ERROR] must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]" },
        { "two actions of one id", Actions(Button("b", "a"), Button("c", "a")), "[ERROR] action_id already exists: a [json-pointer:/blocks/0/elements/1/action_id]" },
        { "an initial option that is not offered", Actions(Select("a", Option("o", "v")).With("initial_option", Option("p", "w"))), "[ERROR] initial_option must be one of the options [json-pointer:/blocks/0/elements/0/initial_option]" },
        { "no label", Input("i", TextInput("a")).With("label", null), "[ERROR] missing required field: label [json-pointer:/blocks/0]" },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task A_text_may_be_so_long_and_no_longer(string what, Func<int, JsonObject> block, int most, string at)
    {
        (await Refusal(block(most))).ShouldBeEmpty(what);
        (await Refusal(block(most + 1))).ShouldBe([$"[ERROR] must be less than {most + 1} characters [json-pointer:{at}]"], what);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public async Task There_may_be_so_many_and_no_more(string what, Func<int, JsonObject> block, int most, string at)
    {
        (await Refusal(block(most))).ShouldBeEmpty(what);
        (await Refusal(block(most + 1))).ShouldBe([$"[ERROR] no more than {most} items allowed [json-pointer:{at}]"], what);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_block_that_slack_would_not_take_is_refused(string what, JsonObject block, string problem) =>
        (await Refusal((JsonObject)block.DeepClone())).ShouldBe([problem], what);

    [Fact]
    public async Task A_message_holds_fifty_blocks()
    {
        (await Blocks(Many(50, _ => new JsonObject { ["type"] = "divider" }))).Error().ShouldBeNull();
        (await Blocks(Many(51, _ => new JsonObject { ["type"] = "divider" }))).Problems().ShouldBe(["[ERROR] no more than 50 items allowed [json-pointer:/blocks]"]);
    }

    [Fact]
    public async Task Two_blocks_of_one_id_are_refused() =>
        (await Blocks([Section("a").With("block_id", "x"), Section("b").With("block_id", "x")])).Problems()
            .ShouldBe(["[ERROR] block_id already exists: x [json-pointer:/blocks/1/block_id]"]);

    [Fact]
    public async Task Ampersands_and_brackets_count_as_what_they_are_escaped_to()
    {
        (await Refusal(Section(new string('&', 600)))).ShouldBeEmpty();
        (await Refusal(Section(new string('&', 601)))).ShouldHaveSingleItem();
        (await Refusal(Section(new string('<', 751)))).ShouldHaveSingleItem();
        (await Refusal(Section(string.Concat(Enumerable.Repeat("&amp;", 600)), markup: true))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nonsense")]
    public async Task Blocks_are_an_array(string blocks) =>
        (await Form("chat.postMessage", ("channel", General), ("text", "x"), ("blocks", blocks))).Error().ShouldBe("invalid_blocks_format");

    private static string Text(int length) => new('a', length);

    private static JsonArray Many(int count, Func<int, JsonObject> make) => [.. Enumerable.Range(0, count).Select(i => (JsonNode)make(i))];

    private async Task<string[]> Refusal(JsonObject block)
    {
        JsonObject answer = await Blocks([block]);
        if (answer.Error() is { } error) error.ShouldBe("invalid_blocks");
        return answer.Problems();
    }

    private Task<JsonObject> Blocks(JsonArray blocks) =>
        Api("chat.postMessage", new JsonObject { ["channel"] = General, ["text"] = "fallback", ["blocks"] = blocks });
}
