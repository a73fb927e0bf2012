namespace ChatGovernance.TestSupport.Teams;

/// <param name="ObjectId">In the tenant's directory.</param>
/// <param name="MemberId">In conversations: <c>29:…</c></param>
/// <param name="Role"><c>user</c> or <c>guest</c>.</param>
public sealed record TeamsUser(string Name, string RealName, string ObjectId, string MemberId, string Role = "user")
{
    /// <summary>Where they belong.</summary>
    public string Tenant { get; init; } = TeamsTenant.TenantId;

    public static TeamsUser Number(int number, string name, string realName) =>
        new(name, realName, $"00000000-0000-4000-8000-{number:D12}", $"29:member-{number}");

    /// <summary>Those of the tests' realm.</summary>
    public static IReadOnlyList<TeamsUser> Everybody { get; } =
    [
        Number(1, "alice", "Alice Adams"), Number(2, "bob", "Bob Brown"), Number(3, "carol", "Carol Clark"), Number(4, "dave", "Dave Dunn"),
        Number(5, "erin", "Erin Evans"), Number(6, "frank", "Frank Fox"), Number(7, "grace", "Grace Gray"),
    ];
}
