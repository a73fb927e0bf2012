using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Requests;

/// <summary>Who asked, and from where. The person is null until the directory has said who it is.</summary>
/// <param name="From">The chat account it was asked from; null for requests that come by other ways.</param>
/// <param name="ForOther">Filed for somebody else than the filer.</param>
public sealed record Filing(ChatAccount? From, PersonRef? Person = null, bool ForOther = false);
