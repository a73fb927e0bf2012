namespace ChatGovernance.Bot.Slack.Socket;

/// <summary>What Slack sends over a connection (https://docs.slack.dev/apis/events-api/using-socket-mode).</summary>
internal abstract record SocketFrame
{
    private protected SocketFrame()
    {
    }

    /// <summary>The connection is in use from here on.</summary>
    public sealed record Hello : SocketFrame;

    /// <summary>The connection will end.</summary>
    /// <param name="Reason"><c>warning</c> (in about 10 s), <c>refresh_requested</c>, <c>link_disabled</c> (Socket Mode was switched off), or another word.</param>
    public sealed record Disconnect(string Reason) : SocketFrame;

    /// <summary>A delivery, acknowledged by its id.</summary>
    /// <param name="Kind">One of <see cref="Ingress.DeliveryKind"/>.</param>
    /// <param name="Body">What the same delivery has for a body by HTTP: one reader for both, an older replica's too.</param>
    /// <param name="TakesAnswer">The acknowledgement may carry an answer.</param>
    public sealed record Envelope(string Id, string Kind, byte[] Body, bool TakesAnswer) : SocketFrame;

    /// <summary>Well-formed, and nothing that we do something about.</summary>
    /// <param name="Id">Set: it wants to be acknowledged.</param>
    public sealed record Unknown(string? Id) : SocketFrame;

    public sealed record Garbage : SocketFrame;
}
