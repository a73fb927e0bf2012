using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class ConversationTests : WorkspaceTest
{
    [Fact]
    public async Task Direct_messages_are_opened_once()
    {
        JsonObject first = await Api("conversations.open", new JsonObject { ["users"] = "U0000001" });
        JsonObject again = await Form("conversations.open", ("users", "U0000001"));
        first["channel"]!["id"]!.GetValue<string>().ShouldBe(Alice.Direct.Id);
        again["channel"]!["id"]!.GetValue<string>().ShouldBe(Alice.Direct.Id);
        again["already_open"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Theory]
    [InlineData("U0404", "user_not_found")]
    [InlineData("U0BOT001", "cannot_dm_bot")]
    [InlineData("", "users_list_not_supplied")]
    public async Task Direct_messages_with_such_are_refused(string users, string error) =>
        (await Api("conversations.open", new JsonObject { ["users"] = users })).Error().ShouldBe(error);

    [Fact]
    public async Task Direct_messages_with_a_deactivated_account_are_refused()
    {
        Workspace.ChangePerson("U0000002", u => u with { IsDeleted = true });
        (await Api("conversations.open", new JsonObject { ["users"] = "U0000002" })).Error().ShouldBe("user_disabled");
    }

    [Fact]
    public async Task A_public_channel_can_be_joined_a_private_one_is_not_there()
    {
        string outside = Workspace.AddChannel("outside", withApp: false).Id;
        string secret = Workspace.AddChannel("secret", isPrivate: true, withApp: false).Id;
        (await Api("conversations.join", new JsonObject { ["channel"] = secret })).Error().ShouldBe("channel_not_found");
        (await Form("conversations.info", ("channel", secret))).Error().ShouldBe("channel_not_found");
        (await Form("conversations.info", ("channel", outside)))["channel"]!["is_member"]!.GetValue<bool>().ShouldBeFalse();
        (await Api("conversations.join", new JsonObject { ["channel"] = outside })).Error().ShouldBeNull();
        await Post(outside, "in");
        (await Api("conversations.join", new JsonObject { ["channel"] = Alice.Direct.Id })).Error().ShouldBe("method_not_supported_for_channel_type");
        Workspace.ChangeChannel(outside, c => c with { IsArchived = true });
        (await Api("conversations.join", new JsonObject { ["channel"] = outside })).Error().ShouldBe("is_archived");
    }

    [Fact]
    public async Task The_list_comes_in_pages_of_the_types_asked_for()
    {
        Workspace.AddChannel("third");
        Workspace.AddChannel("secret", isPrivate: true);
        JsonObject first = await Form("conversations.list", ("limit", "2"));
        JsonObject last = await Form("conversations.list", ("limit", "2"), ("cursor", first.Cursor()));
        Names(first).Concat(Names(last)).ShouldBe(["general", "access-audit", "third"]);
        Names(await Form("conversations.list", ("types", "private_channel"))).ShouldBe(["secret"]);
        (await Form("conversations.list", ("types", "secret"))).Error().ShouldBe("invalid_types");
        (await Form("conversations.list", ("limit", "1000"))).Error().ShouldBe("invalid_limit");

        static IEnumerable<string> Names(JsonObject page) => page["channels"]!.AsArray().Select(c => c!["name"]!.GetValue<string>());
    }
}
