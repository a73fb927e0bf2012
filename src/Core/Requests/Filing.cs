using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Requests;

/// <summary>Who asked, and from where. The person is null until the directory has said who it is.</summary>
/// <param name="From">The chat account it was asked from. Of a request that came by another way, the one at which the person is told; null: none is known.</param>
/// <param name="ForOther">Filed for somebody else than the filer.</param>
/// <param name="LoggedIn">Who logged in to the directory and asked there.</param>
public sealed record Filing(ChatAccount? From, PersonRef? Person = null, bool ForOther = false, PersonId? LoggedIn = null);
