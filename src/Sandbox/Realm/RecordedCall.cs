namespace ChatGovernance.Sandbox.Realm;

/// <summary>A call that reached the realm.</summary>
public sealed record RecordedCall
{
    public required string Method { get; init; }

    /// <summary>Below <c>/admin/realms/{realm}/</c>, or <c>token</c> for the token endpoint; decoded.</summary>
    public required string Path { get; init; }

    /// <summary>With its question mark; empty without one.</summary>
    public required string Query { get; init; }

    public required string Body { get; init; }

    /// <summary>What was answered; null while it is worked on, and for a connection that was dropped before its effect.</summary>
    public int? Status { get; internal set; }

    public bool IsToken => Path == "token";

    /// <summary>Changes something, if it succeeds.</summary>
    public bool IsChange => !IsToken && Method != "GET";

    /// <summary>Whether it is this call; <c>*</c> stands for one part of the path.</summary>
    public bool Is(string method, string pattern)
    {
        string[] wanted = pattern.Split('/');
        string[] parts = Path.Split('/');
        return Method == method && wanted.Length == parts.Length
            && wanted.Zip(parts).All(pair => pair.First == "*" || pair.First == pair.Second);
    }

    public override string ToString() => $"{Method} {Path}{Query} -> {Status}";
}
