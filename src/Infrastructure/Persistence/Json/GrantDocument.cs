using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Infrastructure.Persistence.Json;

/// <summary>What nobody searches grants by.</summary>
internal sealed record GrantDocument(GrantBasis Basis, AccessLength Length, GrantState State, DateTimeOffset? CheckedAt = null);
