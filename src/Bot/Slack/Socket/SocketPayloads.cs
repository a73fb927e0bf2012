using System.Text.Json;

namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>A frame as it is written (https://docs.slack.dev/apis/events-api/using-socket-mode#events).</summary>
internal sealed record FramePayload
{
    public string? Type { get; init; }

    /// <summary>Of a <c>disconnect</c>.</summary>
    public string? Reason { get; init; }

    public string? EnvelopeId { get; init; }

    public bool? AcceptsResponsePayload { get; init; }

    public JsonElement Payload { get; init; }
}

/// <summary>An acknowledgement (https://docs.slack.dev/apis/events-api/using-socket-mode#acknowledge).</summary>
/// <param name="Payload">The answer; absent: none.</param>
internal sealed record AckPayload(string EnvelopeId, JsonElement? Payload);
