using ChatGovernance.Bot.Teams.Rendering;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Conversations;

namespace ChatGovernance.Bot.Teams;

/// <summary>A card as one person sees it now, for what is answered at once.</summary>
internal sealed class CurrentCard(DrawCard draw, IInbox inbox, IConversations known, TimeProvider time, ILoginAddresses? addresses = null)
{
    /// <summary>So long an answer waits for what was just taken: the card then shows it already.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(50);

    public async Task UntilHandled(Subject subject, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < patience && await inbox.Waits(subject, ct); waited += glance)
            await Task.Delay(glance, time, ct);
    }

    /// <returns>Null: what it is about is not there.</returns>
    public async Task<AdaptiveCard?> Draw(CardKey key, ChatAccount reader, CancellationToken ct)
    {
        IReadOnlyList<string> refreshedFor = await known.Of(reader, ct) is { Member: { } member } ? [member] : [];
        return await draw.Run(key, ct) switch
        {
            Drawing.Message message => MessageRenderer.Render(message.Content.SeenBy(reader), addresses, refreshedFor).Card,
            Drawing.Page page => HomeRenderer.Render(page.Content, key, refreshedFor).Card,
            _ => null,
        };
    }
}
