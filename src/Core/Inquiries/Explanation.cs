using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Inquiries;

/// <summary>What would happen if somebody asked for a target now.</summary>
public sealed record Explanation(PersonRef Person, string TargetName, ExplainedOutcome Outcome)
{
    /// <summary>Null: that cannot be read, or the person or the target is gone.</summary>
    public bool? HoldsItNow { get; init; }

    /// <summary>A rule would approve it, or it would go to people, and in each stage somebody could decide, as far as that can be told.</summary>
    public bool WouldBeDecided => Outcome is ExplainedOutcome.Offered offered && !offered.Stages.Any(stage => stage.Search is ApproverSearch.Nobody);
}

public abstract record ExplainedOutcome
{
    private protected ExplainedOutcome()
    {
    }

    /// <summary>The same refusal that a request would meet.</summary>
    public sealed record Refused(Refusal Why) : ExplainedOutcome;

    /// <summary>A request would wait until this can be read.</summary>
    public sealed record Unknown(Doubt Why) : ExplainedOutcome;

    /// <summary>It would go to those who decide; a stage in which nobody could would end it.</summary>
    /// <param name="Stages">None where the rule itself approves it for them.</param>
    /// <param name="EffectiveRoles">What it gives.</param>
    /// <param name="InEmergency">Known and null: they may take it at once and have it confirmed; null: nobody may.</param>
    public sealed record Offered(AccessRule Rule, IReadOnlyList<ExplainedStage> Stages, IReadOnlyList<string> EffectiveRoles, Reading<Refusal?>? InEmergency) : ExplainedOutcome
    {
        /// <summary>Nobody would be asked.</summary>
        public bool ByRule => Stages.Count == 0;
    }
}

public sealed record ExplainedStage(Stage Stage, ApproverSearch Search);
