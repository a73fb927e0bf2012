using FsCheck;

namespace ChatGovernance.Core.Tests;

internal static class Properties
{
    /// <summary>Tries a hundred cases; a failure names the smallest one found, with the seed that repeats it.</summary>
    public static void ShouldHold(this Property property) => Check.QuickThrowOnFailure(property);
}
