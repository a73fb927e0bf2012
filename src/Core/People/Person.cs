namespace ChatGovernance.Core.People;

/// <summary>What the directory says of a person, read fresh.</summary>
public sealed record Person
{
    public required PersonId Id { get; init; }

    public required string Username { get; init; }

    /// <summary>First and last name, else the username.</summary>
    public required string Name { get; init; }

    /// <summary>Null unless the directory has verified it.</summary>
    public string? VerifiedEmail { get; init; }

    public required bool Enabled { get; init; }

    public required bool IsServiceAccount { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Accounts that carry the same value belong to one human being.</summary>
    public const string PersonIdAttribute = "person-id";

    public PersonRef Ref => new(Id, Name);

    /// <summary>May ask, decide and hold.</summary>
    public bool IsActiveHuman => Enabled && !IsServiceAccount;

    public IReadOnlyList<string> Values(string attribute) => Attributes.TryGetValue(attribute, out var values) ? values : [];
}
