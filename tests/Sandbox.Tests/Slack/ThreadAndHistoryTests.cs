using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class ThreadAndHistoryTests : WorkspaceTest
{
    [Fact]
    public async Task A_thread_is_its_root_and_its_replies_in_order()
    {
        string root = await Post(General, "root");
        await Post(General, "beside");
        string reply = await Post(General, "first", root);
        await Post(General, "second", reply); // a reply to a reply goes to the thread
        (await Form("conversations.replies", ("channel", General), ("ts", root))).Texts().ShouldBe(["root", "first", "second"]);
        (await Form("conversations.history", ("channel", General))).Texts().ShouldBe(["beside", "root"]);
    }

    [Fact]
    public async Task A_missing_root_is_refused()
    {
        (await Api("chat.postMessage", new JsonObject { ["channel"] = General, ["text"] = "x", ["thread_ts"] = "1.000001" })).Error().ShouldBe("thread_not_found");
        (await Form("conversations.replies", ("channel", General), ("ts", "1.000001"))).Error().ShouldBe("thread_not_found");
    }

    [Fact]
    public async Task A_deleted_root_stays_as_a_tombstone_that_takes_no_replies()
    {
        string root = await Post(General, "root");
        await Post(General, "reply", root);
        await Api("chat.delete", new JsonObject { ["channel"] = General, ["ts"] = root });
        JsonObject replies = await Form("conversations.replies", ("channel", General), ("ts", root));
        replies["messages"]![0]!["subtype"]!.GetValue<string>().ShouldBe("tombstone");
        (await Api("chat.postMessage", new JsonObject { ["channel"] = General, ["text"] = "x", ["thread_ts"] = root })).Error().ShouldBe("cannot_reply_to_message");
    }

    [Fact]
    public async Task History_comes_in_pages_newest_first()
    {
        for (int i = 1; i <= 5; i++) await Post(General, $"m{i}");
        JsonObject first = await Form("conversations.history", ("channel", General), ("limit", "2"));
        first.Texts().ShouldBe(["m5", "m4"]);
        first["has_more"]!.GetValue<bool>().ShouldBeTrue();
        JsonObject last = await Form("conversations.history", ("channel", General), ("limit", "3"), ("cursor", first.Cursor()));
        last.Texts().ShouldBe(["m3", "m2", "m1"]);
        last.Cursor().ShouldBe("");
    }

    [Fact]
    public async Task History_is_cut_at_its_bounds()
    {
        string[] all = [await Post(General, "m1"), await Post(General, "m2"), await Post(General, "m3")];
        (await Form("conversations.history", ("channel", General), ("oldest", all[0]))).Texts().ShouldBe(["m3", "m2"]);
        (await Form("conversations.history", ("channel", General), ("oldest", all[0]), ("latest", all[1]), ("inclusive", "true"))).Texts().ShouldBe(["m2", "m1"]);
    }

    [Theory]
    [InlineData("cursor", "nonsense", "invalid_cursor")]
    [InlineData("limit", "0", "invalid_limit")]
    [InlineData("limit", "many", "invalid_limit")]
    public async Task A_page_that_cannot_be_is_refused(string argument, string value, string error) =>
        (await Form("conversations.history", ("channel", General), (argument, value))).Error().ShouldBe(error);

    [Fact]
    public async Task History_is_for_members()
    {
        string outside = Workspace.AddChannel("outside", withApp: false).Id;
        (await Form("conversations.history", ("channel", outside))).Error().ShouldBe("not_in_channel");
        (await Form("conversations.history", ("channel", "C404"))).Error().ShouldBe("channel_not_found");
    }
}
