namespace ChatGovernance.Core.Policies;

/// <summary>How much harm an access may do; later is stricter.</summary>
public enum Risk
{
    Low,
    Medium,

    /// <summary>A decision counts only after a fresh login of whoever decides.</summary>
    High,
}
