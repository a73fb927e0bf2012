namespace ChatGovernance.TestSupport.Keycloak;

public enum RealmKind
{
    /// <summary>The sandbox realm: in this process, always there.</summary>
    Sandbox,

    /// <summary>A realm of a real Keycloak; its tests are skipped, with the reason, where there is none.</summary>
    Keycloak,
}
