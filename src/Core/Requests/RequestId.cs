namespace ChatGovernance.Core.Requests;

public readonly record struct RequestId(Guid Value)
{
    public override string ToString() => Value.ToString("N");

    public static bool TryParse(string? text, out RequestId id)
    {
        var read = Guid.TryParseExact(text, "N", out var value);
        id = new RequestId(value);
        return read;
    }
}
