using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Infrastructure.Persistence.Json;

/// <summary>What nobody searches requests by.</summary>
internal sealed record RequestDocument
{
    public required Filing Filing { get; init; }

    public PersonRef? Beneficiary { get; init; }

    public required AccessLength Length { get; init; }

    public required string Justification { get; init; }

    public string? Ticket { get; init; }

    public bool Emergency { get; init; }

    public RequestId? Extends { get; init; }

    public AccessRule? Rule { get; init; }

    public IReadOnlyList<string> EffectiveRoles { get; init; } = [];

    public Approvers Approvers { get; init; } = Approvers.None;

    public bool ChannelLost { get; init; }

    public IReadOnlyList<Question> Questions { get; init; } = [];

    public required RequestState State { get; init; }

    public Doubt? HeldUpBy { get; init; }
}
