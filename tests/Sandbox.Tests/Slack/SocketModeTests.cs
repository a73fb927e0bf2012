using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.Sandbox.Slack.Sockets;

namespace ChatGovernance.Sandbox.Tests.Slack;

/// <summary>An app without a URL, by a plain WebSocket.</summary>
public sealed class SocketModeTests : WorkspaceTest
{
    [Fact]
    public async Task A_connection_is_greeted_and_its_ticket_is_for_one()
    {
        Uri url = await Url();
        using ClientWebSocket socket = await Connect(url);
        JsonObject hello = await Next(socket);

        hello["type"]!.GetValue<string>().ShouldBe("hello");
        hello["connection_info"]!["app_id"]!.GetValue<string>().ShouldBe("A0000001");
        await Should.ThrowAsync<WebSocketException>(() => Connect(url));
    }

    [Fact]
    public async Task A_ticket_is_good_for_half_a_minute()
    {
        Uri url = await Url();
        Clock.Advance(TimeSpan.FromSeconds(31));
        await Should.ThrowAsync<WebSocketException>(() => Connect(url));
    }

    [Fact]
    public async Task An_app_has_ten_connections_at_most()
    {
        var open = new List<ClientWebSocket>();
        for (int i = 0; i < SlackSockets.Most; i++) open.Add(await Connect(await Url()));
        await Workspace.Sockets.SeesOpen(SlackSockets.Most, ct: Ct);
        Uri one = await Url();
        await Should.ThrowAsync<WebSocketException>(() => Connect(one));
        open.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Without_a_connection_nobody_can_be_reached() => (await Alice.Types("/request-access", Ct)).Error.ShouldBe("dispatch_failed");

    [Fact]
    public async Task A_command_goes_over_it_in_an_envelope_and_its_answer_comes_with_the_acknowledgement()
    {
        using ClientWebSocket socket = await Open();
        Task<CommandResult> typed = Alice.Types("/request-access prod", Ct);
        JsonObject envelope = await Next(socket);
        envelope["type"]!.GetValue<string>().ShouldBe("slash_commands");
        envelope["accepts_response_payload"]!.GetValue<bool>().ShouldBeTrue();
        envelope["payload"]!["text"]!.GetValue<string>().ShouldBe("prod");
        await Says(socket, new JsonObject { ["envelope_id"] = envelope["envelope_id"]!.DeepClone(), ["payload"] = new JsonObject { ["text"] = "try help" } });

        (await typed).Answer!.Text.ShouldBe("try help");
    }

    [Fact]
    public async Task What_is_not_acknowledged_in_three_seconds_has_failed()
    {
        using ClientWebSocket socket = await Open();
        Task<CommandResult> typed = Alice.Types("/request-access", Ct);
        await Next(socket);
        Clock.Advance(TimeSpan.FromSeconds(3));

        (await typed).Error.ShouldBe("operation_timeout");
    }

    [Fact]
    public async Task An_event_that_is_not_acknowledged_comes_again_and_says_so()
    {
        using ClientWebSocket socket = await Open();
        Task<ActionResult> opened = Alice.OpensHome(Ct);
        JsonObject first = await Next(socket);
        Clock.Advance(TimeSpan.FromSeconds(3));
        await opened;
        JsonObject again = await Next(socket);
        await Says(socket, new JsonObject { ["envelope_id"] = again["envelope_id"]!.DeepClone() });
        await Workspace.Events.Settled();

        again["payload"]!["event_id"]!.GetValue<string>().ShouldBe(first["payload"]!["event_id"]!.GetValue<string>());
        again["envelope_id"]!.GetValue<string>().ShouldNotBe(first["envelope_id"]!.GetValue<string>());
        (first["retry_attempt"]!.GetValue<int>(), again["retry_attempt"]!.GetValue<int>()).ShouldBe((0, 1));
    }

    [Fact]
    public async Task A_connection_that_is_to_end_says_so_and_ends_ten_seconds_later()
    {
        using ClientWebSocket socket = await Open();
        SlackSocket mine = Workspace.Sockets.Open[0];
        await mine.Disconnects("warning");
        JsonObject said = await Next(socket);
        (said["type"]!.GetValue<string>(), said["reason"]!.GetValue<string>()).ShouldBe(("disconnect", "warning"));
        mine.Ended.IsCompleted.ShouldBeFalse();

        Clock.Advance(SlackSocket.Notice);
        (await socket.ReceiveAsync(new byte[100], Ct)).MessageType.ShouldBe(WebSocketMessageType.Close);
    }

    private async Task<ClientWebSocket> Open()
    {
        ClientWebSocket socket = await Connect(await Url());
        (await Next(socket))["type"]!.GetValue<string>().ShouldBe("hello");
        await Workspace.Sockets.SeesOpen(1, ct: Ct);
        return socket;
    }

    private static async Task<ClientWebSocket> Connect(Uri url)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(url, Ct);
        return socket;
    }

    private async Task<Uri> Url()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "apps.connections.open");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Workspace.AppToken);
        using HttpResponseMessage response = await Send(request);
        return new Uri((await response.Content.ReadFromJsonAsync<JsonObject>(Ct))!["url"]!.GetValue<string>());
    }

    private static async Task<JsonObject> Next(ClientWebSocket socket)
    {
        byte[] buffer = new byte[64 * 1024];
        WebSocketReceiveResult read = await socket.ReceiveAsync(buffer, Ct);
        return JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, read.Count))!.AsObject();
    }

    private static Task Says(ClientWebSocket socket, JsonObject ack) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(ack.ToJsonString()), WebSocketMessageType.Text, true, Ct);
}
