namespace ChatGovernance.Core.People;

/// <summary>A person and the name that people read. The id decides; the name only shows.</summary>
public sealed record PersonRef(PersonId Id, string Name);
