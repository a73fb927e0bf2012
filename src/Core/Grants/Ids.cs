namespace ChatGovernance.Core.Grants;

public readonly record struct GrantId(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}

public readonly record struct EntitlementId(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}
