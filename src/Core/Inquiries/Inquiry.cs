namespace ChatGovernance.Core.Inquiries;

/// <summary>A question about what is set up and who has what: it changes nothing.</summary>
public abstract record Inquiry
{
    private protected Inquiry()
    {
    }

    /// <summary>Is everything set up well?</summary>
    public sealed record Doctor : Inquiry;

    /// <summary>What is wrong with what can be asked for?</summary>
    public sealed record Lint : Inquiry;

    /// <summary>What would happen if this person asked for this?</summary>
    /// <param name="Person"><see cref="Self"/>, a username, an id, or a chat account.</param>
    public sealed record Explain(string Person, string Target) : Inquiry;

    /// <summary>Who has this by a grant of ours?</summary>
    public sealed record Who(string Target) : Inquiry;

    /// <summary>What do clients ask for at login?</summary>
    /// <param name="Client">Its clientId; null: of all that ask for something.</param>
    public sealed record LoginPolicies(string? Client) : Inquiry;

    /// <summary>Where does that differ from the policy file?</summary>
    public sealed record LoginPolicyDiff : Inquiry;

    /// <summary>What people write for themselves.</summary>
    public const string Self = "me";

    /// <summary>As people type it.</summary>
    public string Name => this switch
    {
        Doctor => "doctor",
        Lint => "lint",
        Explain => "explain",
        Who => "who",
        LoginPolicies => "policy show",
        LoginPolicyDiff => "policy diff",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
