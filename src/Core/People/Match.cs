namespace ChatGovernance.Core.People;

/// <summary>A chat account that is proved to be a person's, and how.</summary>
/// <param name="Proof">The identity source: <c>attribute</c>, <c>verified-email</c>, <c>link</c>.</param>
public sealed record Match(ChatAccount Account, PersonRef Person, string Proof, DateTimeOffset At);
