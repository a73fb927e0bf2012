using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Chat;

/// <summary>Draws a card from what is true now, whatever it was that asked for it.</summary>
public sealed class DrawCard(IRequests requests, IEntitlements entitlements, DrawHome home, DrawOffer offers, ILoginChanges loginChanges, TimeProvider time)
{
    public async Task<Drawing> Run(CardKey key, CancellationToken ct)
    {
        var drawn = await Draw(key, ct);
        return drawn is Drawing.Message { Content: var content } ? new Drawing.Message(content with { Card = key }) : drawn;
    }

    private async Task<Drawing> Draw(CardKey key, CancellationToken ct)
    {
        if (key is { Purpose: CardPurpose.Home, Audience: Audience.Person person })
            return new Drawing.Page(await home.Run(person.Account, ct));
        if (key.Subject.IsOffer(out var offered))
            return await offers.Run(offered, ct) is { } offer ? new Drawing.Message(offer) : new Drawing.Nothing();
        if (key.Subject.IsLoginChange(out var change))
            return await loginChanges.Load(change, ct) is { Value: var wanted } ? new Drawing.Message(LoginPolicyMessages.For(wanted, key.Purpose, time.GetUtcNow())) : new Drawing.Nothing();
        if (!key.Subject.IsRequest(out var id) || await requests.Load(id, ct) is not { Value: var request })
            return new Drawing.Nothing();

        var held = await entitlements.FindGrant(id, ct);
        var (grant, retry) = (held?.Grant, held?.Retry);
        return new Drawing.Message(key.Purpose switch
        {
            CardPurpose.Decide => RequestMessages.Decide(request, (key.Audience as Audience.Person)?.Account, grant, retry),
            CardPurpose.Follow => RequestMessages.Follow(request, grant, retry),
            CardPurpose.Audit => RequestMessages.Audit(request, grant, retry),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }
}

public abstract record Drawing
{
    private protected Drawing()
    {
    }

    public sealed record Message(ChatMessage Content) : Drawing;

    public sealed record Page(ChatHome Content) : Drawing;

    /// <summary>What it is about is not there.</summary>
    public sealed record Nothing : Drawing;
}
