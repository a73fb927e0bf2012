namespace ChatGovernance.TestSupport.Databases;

/// <summary>Thrown in a test, its setup included, it makes the runner report the test as skipped for this reason.</summary>
public sealed class PostgresMissingException(string reason)
    : Exception($"{SkipToken}{reason} Set TEST_POSTGRES, or run scripts/test --install.")
{
    // xUnit.net v3's contract with assertion libraries: a message that begins so is a skip.
    private const string SkipToken = "$XunitDynamicSkip$";
}
