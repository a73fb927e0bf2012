using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class AuthenticationTests : WorkspaceTest
{
    [Fact]
    public async Task The_bots_token_is_told_who_it_is()
    {
        JsonObject answer = await Api("auth.test", []);
        answer["team_id"]!.GetValue<string>().ShouldBe("T0000001");
        answer["user_id"]!.GetValue<string>().ShouldBe(Workspace.BotUserId);
    }

    [Theory]
    [InlineData(null, "not_authed")]
    [InlineData("xoxb-other", "invalid_auth")]
    public async Task Another_token_is_refused(string? token, string error)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "auth.test") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Authorization = token is null ? new AuthenticationHeaderValue("Basic", "eA==") : new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await Send(request);
        (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!.Error().ShouldBe(error);
    }

    [Theory]
    [InlineData("chat.scheduleMessage")]
    [InlineData("users.list")]
    public async Task A_method_outside_the_contract_is_unknown(string method) =>
        (await Api(method, [])).Error().ShouldBe("unknown_method");

    [Theory]
    [InlineData("apps.connections.open", "xoxb-sandbox", "not_allowed_token_type")]
    [InlineData("apps.connections.open", "xapp-other", "invalid_auth")]
    [InlineData("apps.connections.open", "xapp-sandbox", null)]
    [InlineData("auth.test", "xapp-sandbox", "not_allowed_token_type")]
    public async Task Socket_mode_is_for_the_app_level_token_and_the_rest_for_the_bots(string method, string token, string? error)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, method);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await Send(request);
        JsonObject answer = (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        answer["error"]?.GetValue<string>().ShouldBe(error);
        answer["ok"]!.GetValue<bool>().ShouldBe(error is null);
    }

    [Theory]
    [InlineData("{", "application/json", "invalid_json")]
    [InlineData("[]", "application/json", "json_not_object")]
    [InlineData("channel=C1", "text/plain", "invalid_post_type")]
    public async Task A_body_that_cannot_be_read_is_refused(string body, string type, string error)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "chat.postMessage") { Content = new StringContent(body, Encoding.UTF8, type) };
        using HttpResponseMessage response = await Send(request);
        (await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!.Error().ShouldBe(error);
    }

    [Fact]
    public async Task A_form_does_as_well_as_json()
    {
        JsonObject answer = await Form("chat.postMessage", ("channel", General), ("blocks", new JsonArray(Block.Section("hello")).ToJsonString()));
        answer.Error().ShouldBeNull();
        Workspace.Messages.ShouldHaveSingleItem().AllText.ShouldBe("hello");
    }

    [Theory]
    [InlineData("users.info", "user", "U0000001")]
    [InlineData("conversations.replies", "ts", "1.000000")]
    [InlineData("users.lookupByEmail", "email", "alice@example.org")]
    public async Task A_method_that_reads_does_not_look_at_json(string method, string argument, string value)
    {
        JsonObject answer = await Api(method, new JsonObject { [argument] = value, ["channel"] = General });
        answer.Error().ShouldBe("invalid_arguments");
    }

    [Fact]
    public async Task Every_call_is_recorded_without_its_token()
    {
        await Form("users.info", ("token", "xoxb-sandbox"), ("user", "U0000001"));
        await Form("users.info", ("user", "U404"));
        Workspace.Calls.Select(c => (c.Number, c.Method, c["user"], c.Error)).ShouldBe([(1, "users.info", "U0000001", null), (2, "users.info", "U404", "user_not_found")]);
        Workspace.Calls[0]["token"].ShouldBeNull();
    }
}
