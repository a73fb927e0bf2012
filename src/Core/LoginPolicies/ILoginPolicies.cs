using ChatGovernance.Core.Directory;

namespace ChatGovernance.Core.LoginPolicies;

/// <summary>Login policies as the directory has them. No method throws for what the outside does.</summary>
public interface ILoginPolicies
{
    /// <summary>They may be set from here: the setting <c>Keycloak:ManageLoginPolicies</c>.</summary>
    bool MayBeSet { get; }

    /// <summary>All of them; none where the directory has nothing that enforces them.</summary>
    /// <param name="resolve">Also find out which of the names in them stand for nothing, or for several.</param>
    Task<Reading<LoginGuard>> Read(bool resolve, CancellationToken ct);

    /// <summary>When something was last changed of what <see cref="Read"/> reads, as admin events say; <c>Absent</c>: they tell of no such change.</summary>
    Task<Reading<DateTimeOffset>> LastTouched(CancellationToken ct);

    /// <summary>What the rules name and is no role, no group, or could be one of several.</summary>
    Task<Reading<IReadOnlyList<string>>> Unresolved(LoginRules rules, CancellationToken ct);

    /// <summary>Makes the client's only policy say this, or gives it one. Repeating it changes nothing.</summary>
    Task<DirectoryChange> Set(string client, LoginRules rules, CancellationToken ct);
}
