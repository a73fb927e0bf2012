using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Claims;

namespace ChatGovernance.Infrastructure.Work;

/// <summary>Gives back a claimed row on which work threw; a delivery that threw too often is set aside and its sender told.</summary>
internal sealed class GiveBack(IClaims claims, GiveUpDelivery giveUp)
{
    /// <param name="code">One word for what went wrong, nothing personal.</param>
    /// <returns>What became of it in the end.</returns>
    public async Task<Failed> Run(Lease lease, string code, CancellationToken ct)
    {
        var failed = await claims.Fail(lease, code, ct);
        if (failed != Failed.OutOfTries)
            return failed;
        return await giveUp.Run(lease, code, ct) == CommitResult.Saved ? Failed.SetAside : Failed.LeaseLost;
    }
}
