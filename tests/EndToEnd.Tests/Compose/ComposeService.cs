namespace ChatGovernance.EndToEnd.Tests.Compose;

/// <summary>What a service of the compose file says, resolved.</summary>
/// <param name="Entrypoint">Empty: the image's own.</param>
/// <param name="Command">Empty: the image's own.</param>
/// <param name="HealthCheck">A command; empty: none.</param>
/// <param name="Secrets">Their names.</param>
/// <param name="Build">The folder of its Dockerfile; null: an image that somebody else builds.</param>
/// <param name="Mounts">Files of this machine by their paths in the container.</param>
internal sealed record ComposeService(
    string Name,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> Entrypoint,
    IReadOnlyList<string> Command,
    IReadOnlyList<string> HealthCheck,
    IReadOnlyList<string> Secrets,
    IReadOnlyDictionary<string, string> Mounts,
    string? Build);
