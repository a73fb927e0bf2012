using System.Diagnostics.CodeAnalysis;

namespace ChatGovernance.Core.Logins;

/// <summary>One way through the browser. The address that a person is given is made from it, and from a secret that is in no row.</summary>
public readonly record struct LoginId(Guid Value)
{
    public override string ToString() => Value.ToString("N");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out LoginId id)
    {
        var known = Guid.TryParseExact(text, "N", out var value);
        id = new LoginId(value);
        return known;
    }
}
