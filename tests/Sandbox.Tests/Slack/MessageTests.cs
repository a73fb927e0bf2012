using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class MessageTests : WorkspaceTest
{
    [Fact]
    public async Task A_post_answers_channel_and_ts_and_is_there()
    {
        JsonObject answer = await Api("chat.postMessage", new JsonObject { ["channel"] = "#general", ["text"] = "hello" });
        answer["channel"]!.GetValue<string>().ShouldBe(General);
        SlackMessage message = Workspace.Messages.ShouldHaveSingleItem();
        (message.Ts, message.Text, message.FromApp).ShouldBe((answer["ts"]!.GetValue<string>(), "hello", true));
    }

    [Fact]
    public async Task Posts_at_the_same_moment_have_different_ts() => (await Post(General, "one")).ShouldNotBe(await Post(General, "two"));

    [Fact]
    public async Task A_post_to_a_person_goes_to_their_direct_messages()
    {
        JsonObject answer = await Api("chat.postMessage", new JsonObject { ["channel"] = "U0000001", ["text"] = "hello" });
        answer["channel"]!.GetValue<string>().ShouldBe(Alice.Direct.Id);
        Alice.Messages.Count.ShouldBe(1);
        Bob.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_post_is_refused_where_the_bot_may_not_post()
    {
        SlackChannel outside = Workspace.AddChannel("outside", withApp: false);
        SlackChannel secret = Workspace.AddChannel("secret", isPrivate: true, withApp: false);
        SlackChannel old = Workspace.AddChannel("old");
        Workspace.ChangeChannel(old.Id, c => c with { IsArchived = true });
        Workspace.ChangePerson("U0000002", u => u with { IsDeleted = true });
        (await Refusal("C404")).ShouldBe("channel_not_found");
        (await Refusal("#nowhere")).ShouldBe("channel_not_found");
        (await Refusal(outside.Id)).ShouldBe("not_in_channel");
        (await Refusal(secret.Id)).ShouldBe("channel_not_found");
        (await Refusal(old.Id)).ShouldBe("is_archived");
        (await Refusal("U0000002")).ShouldBe("user_disabled");
        (await Refusal("USLACKBOT")).ShouldBe("cannot_dm_bot");
        Workspace.Messages.ShouldBeEmpty();

        async Task<string?> Refusal(string channel) => (await Api("chat.postMessage", new JsonObject { ["channel"] = channel, ["text"] = "x" })).Error();
    }

    [Fact]
    public async Task A_post_without_channel_or_text_is_refused()
    {
        (await Api("chat.postMessage", new JsonObject { ["text"] = "x" })).Problems().ShouldBe(["[ERROR] missing required field: channel"]);
        (await Api("chat.postMessage", new JsonObject { ["channel"] = General })).Error().ShouldBe("no_text");
        (await Api("chat.postMessage", new JsonObject { ["channel"] = General, ["text"] = " " })).Error().ShouldBe("no_text");
    }

    [Fact]
    public async Task Text_is_counted_after_escaping()
    {
        (await TextOf(new string('a', 40_000))).ShouldBeNull();
        (await TextOf(new string('a', 40_001))).ShouldBe("msg_too_long");
        (await TextOf(new string('&', 8_001))).ShouldBe("msg_too_long");
        string ts = await Post(General, "short");
        (await Api("chat.update", new JsonObject { ["channel"] = General, ["ts"] = ts, ["text"] = new string('a', 4001) })).Error().ShouldBe("msg_too_long");

        async Task<string?> TextOf(string text) => (await Api("chat.postMessage", new JsonObject { ["channel"] = General, ["text"] = text })).Error();
    }

    [Fact]
    public async Task Metadata_is_told_only_to_those_who_ask()
    {
        var metadata = new JsonObject { ["event_type"] = "card", ["event_payload"] = new JsonObject { ["key"] = "k1" } };
        await Api("chat.postMessage", new JsonObject { ["channel"] = General, ["text"] = "x", ["metadata"] = metadata.DeepClone() });
        (await Form("conversations.history", ("channel", General)))["messages"]![0]!["metadata"].ShouldBeNull();
        JsonNode told = (await Form("conversations.history", ("channel", General), ("include_all_metadata", "true")))["messages"]![0]!["metadata"]!;
        JsonNode.DeepEquals(told, metadata).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"event_type":"card"}""", "invalid_metadata_schema")]
    [InlineData("""{"event_type":"card","event_payload":"k1"}""", "invalid_metadata_schema")]
    [InlineData("[]", "invalid_metadata_format")]
    [InlineData("{", "invalid_metadata_format")]
    public async Task Metadata_has_a_type_and_a_payload(string metadata, string error) =>
        (await Form("chat.postMessage", ("channel", General), ("text", "x"), ("metadata", metadata))).Error().ShouldBe(error);

    [Fact]
    public async Task An_update_replaces_text_and_blocks()
    {
        JsonObject posted = await Api("chat.postMessage", new JsonObject
        {
            ["channel"] = General,
            ["text"] = "ask",
            ["blocks"] = new JsonArray(Block.Actions(Block.Button("Approve", "approve", "r1"))),
        });
        string ts = posted["ts"]!.GetValue<string>();
        (await Api("chat.update", new JsonObject { ["channel"] = General, ["ts"] = ts, ["text"] = "done" })).Error().ShouldBeNull();
        SlackMessage message = Workspace.Messages.ShouldHaveSingleItem();
        message.Text.ShouldBe("done");
        message.Buttons.ShouldBeEmpty();
        message.EditedTs.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_update_is_refused_in_another_channel_or_by_name_or_of_somebody_elses_message()
    {
        string ts = await Post(General, "mine");
        string theirs = Alice.Says(General, "hers").Ts;
        (await Refusal(Workspace.Channel("access-audit").Id, ts)).ShouldBe("message_not_found");
        (await Refusal("#general", ts)).ShouldBe("channel_not_found");
        (await Refusal("U0000001", ts)).ShouldBe("channel_not_found");
        (await Refusal(General, "1.000001")).ShouldBe("message_not_found");
        (await Refusal(General, theirs)).ShouldBe("cant_update_message");
        (await Api("chat.delete", new JsonObject { ["channel"] = General, ["ts"] = theirs })).Error().ShouldBe("cant_delete_message");

        async Task<string?> Refusal(string channel, string of) =>
            (await Api("chat.update", new JsonObject { ["channel"] = channel, ["ts"] = of, ["text"] = "x" })).Error();
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_cannot_be_changed()
    {
        string ts = await Post(General, "twin");
        (await Api("chat.delete", new JsonObject { ["channel"] = General, ["ts"] = ts })).Error().ShouldBeNull();
        Workspace.Messages.ShouldBeEmpty();
        (await Api("chat.delete", new JsonObject { ["channel"] = General, ["ts"] = ts })).Error().ShouldBe("message_not_found");
    }

    [Fact]
    public async Task An_ephemeral_message_is_for_one_member_and_in_no_history()
    {
        (await Api("chat.postEphemeral", new JsonObject { ["channel"] = General, ["user"] = "U0000001", ["text"] = "psst" })).Error().ShouldBeNull();
        Alice.Messages.ShouldHaveSingleItem().Text.ShouldBe("psst");
        Bob.Messages.ShouldBeEmpty();
        (await Form("conversations.history", ("channel", General)))["messages"]!.AsArray().ShouldBeEmpty();
        Workspace.ChangeChannel(General, c => c with { Members = c.Members.Remove("U0000002") });
        (await Api("chat.postEphemeral", new JsonObject { ["channel"] = General, ["user"] = "U0000002", ["text"] = "x" })).Error().ShouldBe("user_not_in_channel");
    }
}
