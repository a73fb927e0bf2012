namespace ChatGovernance.Core.Logins;

/// <summary>What a login at the directory is for.</summary>
public abstract record LoginPurpose
{
    private protected LoginPurpose()
    {
    }

    /// <summary>Connects the chat account with the directory account that logs in.</summary>
    public sealed record Link : LoginPurpose;

    /// <summary>One word for rows.</summary>
    public string Name => this switch
    {
        Link => "link",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
