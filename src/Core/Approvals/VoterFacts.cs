using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Approvals;

/// <summary>What was read fresh about the caster of a vote.</summary>
/// <param name="Person">Whom the chat account is proved to be.</param>
/// <param name="MayDecide">Enabled, human, and a direct member of a deciding group, by the frozen and by the current rule.</param>
/// <param name="IsOwn">An account of the filer's or the beneficiary's.</param>
public sealed record VoterFacts(PersonRef Person, string Proof, bool MayDecide, bool IsOwn);
