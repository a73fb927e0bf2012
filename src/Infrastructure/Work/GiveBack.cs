using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Claims;

namespace ChatGovernance.Infrastructure.Work;

/// <summary>Gives back a claimed row on which work threw; a delivery, card, note or webhook that threw too often is set aside, and that is told.</summary>
internal sealed class GiveBack(IClaims claims, GiveUpDelivery deliveries, DeliverCard cards, SayNote notes, DeliverWebhook webhooks)
{
    /// <param name="code">One word for what went wrong, nothing personal.</param>
    /// <returns>What became of it in the end.</returns>
    public async Task<Failed> Run(Lease lease, string code, CancellationToken ct)
    {
        var failed = await claims.Fail(lease, code, ct);
        if (failed != Failed.OutOfTries)
            return failed;
        var givenUp = lease.Kind switch
        {
            WorkKind.Inbox => await deliveries.Run(lease, code, ct),
            WorkKind.Card => await cards.GiveUp(lease, code, ct),
            WorkKind.Note => await notes.GiveUp(lease, code, ct),
            WorkKind.Webhook => await webhooks.GiveUp(lease, code, ct),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return givenUp == CommitResult.Saved ? Failed.SetAside : Failed.LeaseLost;
    }
}
