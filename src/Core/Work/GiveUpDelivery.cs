using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Work;

/// <summary>
/// Sets a delivery aside that could not be handled, and tells whoever sent it and the security team, all of it or nothing:
/// what could not be saved stays claimed until the lease runs out, and is tried again.
/// </summary>
public sealed class GiveUpDelivery(IInbox inbox, IEnumerable<IDeliveryReader> readers, ICommits commits, TimeProvider time)
{
    /// <param name="code">One word for what went wrong, nothing personal.</param>
    public async Task<CommitResult> Run(Lease lease, string code, CancellationToken ct)
    {
        if (await inbox.Load(long.Parse(lease.Id, System.Globalization.CultureInfo.InvariantCulture), ct) is not { } delivery)
            return CommitResult.LeaseLost;

        var sender = SenderOf(delivery.Delivery);
        return await commits.Commit(new Changes
        {
            Under = lease,
            Release = new Release.SetAside(code),
            Notes = sender is { } by ? [Told(by, delivery)] : [],
            Audit = [CommandAudit.SetAside(sender, delivery.Delivery.Kind, code, time.GetUtcNow())],
        }, ct);
    }

    private ChatAccount? SenderOf(Delivery delivery)
    {
        try
        {
            return readers.FirstOrDefault(reader => reader.Reads(delivery.Kind))?.Read(delivery).Sender;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Reading it may be the very thing that fails: then the audit alone is told.
            return null;
        }
    }

    private static Note Told(ChatAccount by, StoredDelivery delivery) => new()
    {
        Key = $"set-aside:{delivery.Id}",
        Subject = Subject.Of(by),
        Audience = new Audience.Person(by),
        Message = new ChatMessage { Title = "That did not work", Lines = ["What you did could not be handled, and nothing was changed. Please try again; if it happens again, tell a Keycloak administrator."] },
    };
}
