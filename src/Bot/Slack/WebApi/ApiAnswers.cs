namespace ChatGovernance.Bot.Slack.WebApi;

/// <summary>What every method answers (https://docs.slack.dev/apis/web-api#responses).</summary>
internal abstract record ApiAnswer
{
    /// <summary>Null: this is no answer of Slack's.</summary>
    public bool? Ok { get; init; }

    /// <summary>The code of what is wrong, when it is not ok.</summary>
    public string? Error { get; init; }
}

internal sealed record EmptyAnswer : ApiAnswer;

internal sealed record AuthAnswer : ApiAnswer
{
    public string? TeamId { get; init; }

    public string? EnterpriseId { get; init; }

    public string? BotId { get; init; }

    /// <summary>The workspace's name.</summary>
    public string? Team { get; init; }
}

internal sealed record ConnectionAnswer : ApiAnswer
{
    /// <summary>Where to connect, once; it carries a ticket.</summary>
    public string? Url { get; init; }
}

internal sealed record PostedAnswer : ApiAnswer
{
    public string? Channel { get; init; }

    public string? Ts { get; init; }
}

internal sealed record ConversationAnswer : ApiAnswer
{
    public ConversationRow? Channel { get; init; }
}

internal sealed record ConversationsAnswer : ApiAnswer
{
    public IReadOnlyList<ConversationRow?>? Channels { get; init; }

    public PageEnd? ResponseMetadata { get; init; }
}

internal sealed record ConversationRow
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public bool? IsMember { get; init; }

    public bool? IsPrivate { get; init; }

    public bool? IsArchived { get; init; }
}

internal sealed record PageEnd
{
    /// <summary>Empty or absent: this was the last page.</summary>
    public string? NextCursor { get; init; }
}

internal sealed record MessagesAnswer : ApiAnswer
{
    public IReadOnlyList<MessageRow?>? Messages { get; init; }

    public PageEnd? ResponseMetadata { get; init; }
}

internal sealed record MessageRow
{
    public string? Ts { get; init; }

    public string? BotId { get; init; }

    public System.Text.Json.JsonElement Metadata { get; init; }
}

internal sealed record UserAnswer : ApiAnswer
{
    public UserRow? User { get; init; }
}

/// <summary>An account (https://docs.slack.dev/reference/objects/user-object).</summary>
internal sealed record UserRow
{
    public string? Id { get; init; }

    public string? TeamId { get; init; }

    public bool? Deleted { get; init; }

    public bool? IsBot { get; init; }

    /// <summary>Any guest.</summary>
    public bool? IsRestricted { get; init; }

    /// <summary>A guest of a single channel.</summary>
    public bool? IsUltraRestricted { get; init; }

    /// <summary>Of another workspace, seen through a shared channel.</summary>
    public bool? IsStranger { get; init; }

    public bool? IsEmailConfirmed { get; init; }

    public UserProfile? Profile { get; init; }

    public EnterpriseUser? EnterpriseUser { get; init; }
}

internal sealed record UserProfile
{
    public string? Email { get; init; }

    public string? DisplayName { get; init; }

    public string? RealName { get; init; }
}

/// <summary>On Grid.</summary>
internal sealed record EnterpriseUser
{
    public string? EnterpriseId { get; init; }

    public IReadOnlyList<string?>? Teams { get; init; }
}

internal sealed record ViewShownAnswer : ApiAnswer
{
    public ShownView? View { get; init; }
}

internal sealed record ShownView
{
    public string? Id { get; init; }
}
