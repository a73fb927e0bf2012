namespace ChatGovernance.Core.Work;

/// <summary>Deliveries, stored before they are answered.</summary>
public interface IInbox
{
    /// <summary>Stores a delivery once. A repeat is not stored again, and is told what the first was answered.</summary>
    Task<Accepted> Accept(Delivery delivery, CancellationToken ct);

    /// <summary>
    /// What the first delivery under one of these keys was answered, one of an earlier key before one of a later; null
    /// when none is stored. Asked before a delivery is checked against what may have changed since.
    /// </summary>
    Task<byte[]?> Answered(IReadOnlyList<string> keys, CancellationToken ct);

    Task<StoredDelivery?> Load(long id, CancellationToken ct);

    /// <summary>Whether a delivery about this subject is stored and not handled yet. One that was set aside waits no longer.</summary>
    Task<bool> Waits(Subject subject, CancellationToken ct);
}

/// <param name="Key">Unique: platform and the platform's own id of this delivery, or our form id with the account.</param>
/// <param name="Subject">Deliveries about one subject are handled in order of receipt.</param>
/// <param name="Kind">Which reader understands the payload: <c>slack/commands</c>, …</param>
/// <param name="Payload">As received.</param>
/// <param name="Answer">What the platform is answered, now and at every repeat.</param>
public sealed record Delivery(string Key, Subject Subject, string Kind, byte[] Payload, byte[] Answer);

/// <param name="First">False: it was there already.</param>
/// <param name="Answer">The first one's answer.</param>
public sealed record Accepted(bool First, byte[] Answer);

/// <param name="Id">In order of receipt.</param>
/// <param name="ReceivedAt">Deadlines compare with this.</param>
public sealed record StoredDelivery(long Id, DateTimeOffset ReceivedAt, Delivery Delivery, int Failures);

/// <summary>Reads a stored payload again; the same reader saw it when it arrived.</summary>
public interface IDeliveryReader
{
    /// <summary>Whether this reader understands deliveries of this kind.</summary>
    bool Reads(string kind);

    Command Read(Delivery delivery);
}
