namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>
/// Thrown in a test, its setup included, it makes the runner report the test as skipped for this reason;
/// with <c>REQUIRE_KEYCLOAK=1</c> it fails the test instead.
/// </summary>
public sealed class KeycloakMissingException(string reason) : Exception($"{Token}{reason}")
{
    // xUnit.net v3's contract with assertion libraries: a message that begins so is a skip.
    private static string Token => Environment.GetEnvironmentVariable("REQUIRE_KEYCLOAK") == "1" ? "" : "$XunitDynamicSkip$";
}
