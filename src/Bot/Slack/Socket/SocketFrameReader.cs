using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ChatGovernance.Bot.Slack.Ingress;

namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>Reads frames, and writes an envelope's payload as the body that HTTP would have brought.</summary>
internal static class SocketFrameReader
{
    /// <param name="text">One whole message.</param>
    public static SocketFrame Read(ReadOnlySpan<byte> text)
    {
        if (SlackJson.Read(text, SlackJson.Default.FramePayload) is not { Type: { } type } frame)
            return new SocketFrame.Garbage();

        var id = SlackIds.IsKey(frame.EnvelopeId) ? frame.EnvelopeId : null;
        return type switch
        {
            "hello" => new SocketFrame.Hello(),
            "disconnect" => new SocketFrame.Disconnect(frame.Reason ?? ""),
            "slash_commands" or "interactive" or "events_api" when id is null || frame.Payload.ValueKind != JsonValueKind.Object => new SocketFrame.Garbage(),
            "slash_commands" => Envelope(DeliveryKind.Commands, Fields(frame.Payload)),
            "interactive" => Envelope(IsSearch(frame.Payload) ? DeliveryKind.Options : DeliveryKind.Interactions, Field("payload", JsonMarshal.GetRawUtf8Value(frame.Payload))),
            "events_api" => Envelope(DeliveryKind.Events, JsonMarshal.GetRawUtf8Value(frame.Payload).ToArray()),
            _ => new SocketFrame.Unknown(id),
        };

        SocketFrame Envelope(string kind, byte[] body) => new SocketFrame.Envelope(id!, kind, body, frame.AcceptsResponsePayload == true);
    }

    private static bool IsSearch(JsonElement payload) =>
        payload.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("block_suggestion");

    private static byte[] Field(string name, ReadOnlySpan<byte> value)
    {
        var encoded = WebUtility.UrlEncodeToBytes(value.ToArray(), 0, value.Length);
        return [.. Encoding.ASCII.GetBytes(name), (byte)'=', .. encoded];
    }

    /// <summary>Texts of a command; its flags are texts, too.</summary>
    private static byte[] Fields(JsonElement payload)
    {
        try
        {
            return Encoding.ASCII.GetBytes(string.Join('&', payload.EnumerateObject()
                .Where(member => member.Value.ValueKind == JsonValueKind.String)
                .Select(member => $"{WebUtility.UrlEncode(member.Name)}={WebUtility.UrlEncode(member.Value.GetString())}")));
        }
        catch (InvalidOperationException)
        {
            return []; // half a surrogate pair: no command that anybody typed
        }
    }
}
