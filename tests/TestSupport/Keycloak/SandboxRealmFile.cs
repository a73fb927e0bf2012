namespace ChatGovernance.TestSupport.Keycloak;

/// <summary>The realm of the sandbox's story.</summary>
public static class SandboxRealmFile
{
    public static string Json { get; } = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "src", "Sandbox", "realm.json"));
}
