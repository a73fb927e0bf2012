using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Logins;

/// <summary>What a login at the directory is for.</summary>
public abstract record LoginPurpose
{
    private protected LoginPurpose()
    {
    }

    /// <summary>Connects the chat account with the directory account that logs in.</summary>
    public sealed record Link : LoginPurpose;

    /// <summary>Stands behind a vote that needs a fresh login.</summary>
    public sealed record Confirm(RequestId Request, Guid Vote) : LoginPurpose;

    /// <summary>One word for rows.</summary>
    public string Name => this switch
    {
        Link => "link",
        Confirm => "confirm",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
