namespace ChatGovernance.Sandbox.Slack;

/// <summary>The people of the sandbox; the realm beside it holds accounts of the same names and addresses.</summary>
public static class SandboxPeople
{
    public const string Team = "T0000001";

    /// <summary>alice U0000001, bob U0000002, carol U0000003, dave U0000004, erin U0000005, and frank U0000006, whose account in the realm does not know him yet.</summary>
    public static IReadOnlyList<SlackUser> Default { get; } =
    [
        Person(1, "alice", "Alice Adams"),
        Person(2, "bob", "Bob Brown"),
        Person(3, "carol", "Carol Clark"),
        Person(4, "dave", "Dave Dunn"),
        Person(5, "erin", "Erin Evans"),
        Person(6, "frank", "Frank Ford"),
    ];

    /// <summary>A full member: id <c>U000000N</c>, address <c>name@example.org</c>, confirmed.</summary>
    public static SlackUser Person(int number, string name, string realName) => new()
    {
        Id = FormattableString.Invariant($"U{number:0000000}"),
        Name = name,
        RealName = realName,
        Email = $"{name}@example.org",
        TeamId = Team,
    };
}
