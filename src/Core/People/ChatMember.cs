namespace ChatGovernance.Core.People;

/// <summary>What the chat platform says of an account, read fresh.</summary>
public sealed record ChatMember
{
    public required ChatAccount Account { get; init; }

    public required MemberStanding Standing { get; init; }

    /// <summary>The address that the platform has confirmed; null where it has none, or does not say.</summary>
    public string? ConfirmedEmail { get; init; }

    /// <summary>How the platform shows the account; for people to recognise it, never to decide by.</summary>
    public string? Name { get; init; }

    /// <summary>The workspace or organization, as people call it.</summary>
    public string? Workspace { get; init; }
}

public enum MemberStanding
{
    Full,
    Guest,
    Bot,
    Deleted,

    /// <summary>Of another workspace, organization or tenant than the ones that are served.</summary>
    Foreign,
}
