namespace ChatGovernance.Core.People;

/// <summary>A person's immutable id in the directory (a Keycloak user id).</summary>
public readonly record struct PersonId(string Value)
{
    public override string ToString() => Value;
}
