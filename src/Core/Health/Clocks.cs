using ChatGovernance.Core.Chat;

namespace ChatGovernance.Core.Health;

/// <summary>Compares another clock with this machine's.</summary>
public static class Clocks
{
    /// <param name="whose">"The database's clock".</param>
    /// <param name="asked">Between this and <paramref name="answered"/>, by this machine's clock, the other one was read.</param>
    public static Check Compare(string name, string whose, DateTimeOffset other, DateTimeOffset asked, DateTimeOffset answered, TimeSpan tolerance)
    {
        // Only what the way there and back cannot explain.
        var apart = other > answered ? other - answered : other < asked ? asked - other : TimeSpan.Zero;
        return apart <= tolerance
            ? Check.Ok(name, $"{whose} agrees with this machine's.")
            : Check.Failed(
                name, $"{whose} is {Sentences.Span(apart)} {(other > answered ? "ahead of" : "behind")} this machine's.",
                "Let both follow one time service (NTP).");
    }
}
