namespace ChatGovernance.Core.People;

/// <summary>How chat accounts are proved to be people.</summary>
public sealed record PeopleOptions
{
    public IReadOnlyList<string> Sources { get; init; } = [IdentitySource.Link, IdentitySource.Attribute];

    public string SlackAttribute { get; init; } = "slack-id";

    public string TeamsAttribute { get; init; } = "teams-id";

    /// <summary>Platforms on which guests are served.</summary>
    public IReadOnlySet<ChatPlatform> GuestsOn { get; init; } = new HashSet<ChatPlatform>();

    public string AttributeOn(ChatPlatform platform) => platform == ChatPlatform.Slack ? SlackAttribute : TeamsAttribute;
}

/// <summary>Names of the identity sources, as settings and proofs write them.</summary>
public static class IdentitySource
{
    public const string Attribute = "attribute";
    public const string VerifiedEmail = "verified-email";
    public const string Link = "link";
}
