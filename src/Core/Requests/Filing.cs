using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Requests;

/// <summary>Who asked, and from where. The person is null until the directory has said who it is.</summary>
/// <param name="From">The chat account it was asked from. Of a request that came by another way, the one at which the person is told; null: none is known.</param>
/// <param name="ForOther">Filed for somebody else than the filer.</param>
/// <param name="LoggedIn">Who proved to be somebody to the directory and asked by another way than chat: at a login, or with a token of its.</param>
/// <param name="Client">The client that a token was given to, by its clientId; null: none was shown.</param>
/// <param name="Other">Where the one it is for is told, who is somebody else; null: it is for the filer, or no account is known.</param>
public sealed record Filing(ChatAccount? From, PersonRef? Person = null, bool ForOther = false, PersonId? LoggedIn = null, string? Client = null, ChatAccount? Other = null)
{
    /// <summary>Where whoever is to hold it is told; null: nowhere.</summary>
    public ChatAccount? Holder => ForOther ? Other : From;
}
