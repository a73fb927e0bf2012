namespace ChatGovernance.Core.Grants;

/// <param name="EndOnRevoke">Who loses access otherwise than by its own end or by giving it back is logged out of the directory.</param>
public sealed record SessionEnds(bool EndOnRevoke);
