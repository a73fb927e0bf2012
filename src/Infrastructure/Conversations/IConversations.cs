using ChatGovernance.Core.People;

namespace ChatGovernance.Infrastructure.Conversations;

/// <summary>
/// Where conversations are reached, on a platform that tells it only when it calls. What is kept comes from calls that were proved to
/// be the platform's.
/// </summary>
public interface IConversations
{
    Task<Conversation?> Find(string id, CancellationToken ct);

    /// <summary>The account's own conversation with the bot, the one seen last; null: none is known.</summary>
    Task<Conversation?> Of(ChatAccount account, CancellationToken ct);

    /// <summary>The same of several accounts.</summary>
    Task<IReadOnlyList<Conversation>> Of(IReadOnlyCollection<ChatAccount> accounts, CancellationToken ct);

    /// <summary>The account that is known by this address; null: nobody who was met.</summary>
    Task<ChatAccount?> Known(string address, CancellationToken ct);

    /// <summary>The one seen last, whoever's: where others are opened.</summary>
    Task<Conversation?> Last(CancellationToken ct);

    /// <summary>Adds it, or brings what is known of it up to date: what is null stays as it was, but for the end.</summary>
    Task Keep(Conversation conversation, CancellationToken ct);
}

/// <param name="Id">As the platform calls it.</param>
/// <param name="Account">Whose conversation with the bot it is; null: one of several people.</param>
/// <param name="Member">How the platform calls that account in conversations.</param>
/// <param name="Address">The address that account is known by.</param>
/// <param name="EndedAt">When the bot was taken out of it; null: it is in.</param>
public sealed record Conversation(string Id, Uri ServiceUrl, ChatAccount? Account, string? Member, string? Address, DateTimeOffset SeenAt, DateTimeOffset? EndedAt = null);
