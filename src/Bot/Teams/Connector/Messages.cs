using System.Text.Json.Serialization;
using ChatGovernance.Bot.Teams.Rendering;

namespace ChatGovernance.Bot.Teams.Connector;

/// <summary>A message of the bot's.</summary>
internal sealed record OutgoingActivity(IReadOnlyList<CardAttachment> Attachments)
{
    public string Type { get; init; } = "message";

    /// <summary>What notifications show.</summary>
    public string? Summary { get; init; }
}

internal sealed record CardAttachment(AdaptiveCard Content)
{
    public const string CardType = "application/vnd.microsoft.card.adaptive";

    public string ContentType { get; init; } = CardType;
}

/// <summary>Opens a conversation with one person.</summary>
internal sealed record NewConversation(IReadOnlyList<ConversationMember> Members, string? TenantId, ConversationMember Bot)
{
    public bool IsGroup { get; init; }

    public ConversationChannelData ChannelData => new(new ConversationTenant(TenantId));
}

internal sealed record ConversationMember(string Id);

internal sealed record ConversationChannelData(ConversationTenant Tenant);

internal sealed record ConversationTenant(string? Id);

/// <summary>The id of what was posted, or of the conversation that was opened.</summary>
internal sealed record Posted
{
    public string? Id { get; init; }
}

internal sealed record Nothing;

/// <summary>Somebody in a conversation, read fresh (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context#get-single-member-details).</summary>
internal sealed record MemberRow
{
    /// <summary><c>29:…</c></summary>
    public string? Id { get; init; }

    public string? AadObjectId { get; init; }

    // What the protocol calls it; the two are never both there.
    public string? ObjectId { get; init; }

    public string? Name { get; init; }

    /// <summary>Of a domain that the tenant has proved to be its own; not <c>email</c>, which is whatever somebody wrote.</summary>
    public string? UserPrincipalName { get; init; }

    public string? TenantId { get; init; }

    /// <summary><c>user</c>, <c>guest</c> or <c>anonymous</c>.</summary>
    public string? UserRole { get; init; }

    public string? ObjectOf => AadObjectId ?? ObjectId;
}

internal sealed record TokenAnswer
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("expires_in")]
    public int? ExpiresIn { get; init; }
}

/// <summary>What is said with a status that is none of success.</summary>
internal sealed record ConnectorError
{
    public ConnectorErrorBody? Error { get; init; }
}

internal sealed record ConnectorErrorBody
{
    public string? Code { get; init; }
}
