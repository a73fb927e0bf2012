namespace ChatGovernance.Core.Grants;

public readonly record struct GrantId(Guid Value)
{
    public override string ToString() => Value.ToString("N");

    public static bool TryParse(string? text, out GrantId id)
    {
        var read = Guid.TryParseExact(text, "N", out var value);
        id = new GrantId(value);
        return read;
    }
}

public readonly record struct EntitlementId(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}
