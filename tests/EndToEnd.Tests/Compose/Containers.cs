namespace ChatGovernance.EndToEnd.Tests.Compose;

/// <summary>What the services of a compose file have as their own files and see as their network: a folder for each one's <c>/</c>, and loopback ports.</summary>
internal sealed class Containers(ComposeFile file, string folder)
{
    private readonly Dictionary<string, string> addresses = [];

    /// <summary>How something is written in the files, and what stands for it here. May be said anew.</summary>
    public string this[string written]
    {
        set => addresses[written] = value;
    }

    /// <summary>What a service has for <c>/</c>.</summary>
    public string Root(string service) => Path.Combine(folder, service);

    /// <summary>A secret, as the service reads it.</summary>
    public string Secret(string service, string name) => File.ReadAllText(Path.Combine(Root(service), "run", "secrets", name));

    /// <summary>Puts a service's secrets and mounted files where it looks for them.</summary>
    public void Prepare(ComposeService service)
    {
        var files = service.Mounts.Concat(service.Secrets.Select(secret => KeyValuePair.Create($"/run/secrets/{secret}", file.FileOf(secret))));
        foreach (var (target, source) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Root(service.Name) + target)!);
            File.WriteAllText(Root(service.Name) + target, Here(service.Name, File.ReadAllText(source)));
        }
    }

    public Dictionary<string, string> Variables(ComposeService service) => service.Environment.ToDictionary(v => v.Key, v => Here(service.Name, v.Value));

    public IReadOnlyList<string> Words(string service, IEnumerable<string> command) => [.. command.Select(word => Here(service, word))];

    /// <summary>The same text with this machine's paths and ports.</summary>
    public string Here(string service, string text) =>
        addresses.Append(new("/run/secrets/", $"{Root(service)}/run/secrets/")).Append(new("/opt/keycloak/", $"{Root(service)}/opt/keycloak/"))
            .Aggregate(text, (now, address) => now.Replace(address.Key, address.Value, StringComparison.Ordinal));
}
