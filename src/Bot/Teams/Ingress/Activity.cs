using System.Text.Json;

namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>What Teams sends (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object); all of it may be missing.</summary>
internal sealed record Activity
{
    public string? Type { get; init; }

    /// <summary>Of invokes: which one.</summary>
    public string? Name { get; init; }

    public string? Id { get; init; }

    public string? ChannelId { get; init; }

    public string? ServiceUrl { get; init; }

    public ActivityAccount? From { get; init; }

    /// <summary>The bot.</summary>
    public ActivityAccount? Recipient { get; init; }

    public ActivityConversation? Conversation { get; init; }

    public ActivityChannelData? ChannelData { get; init; }

    /// <summary>Of messages: what was typed.</summary>
    public string? Text { get; init; }

    /// <summary>Of an action: the message that it was taken in.</summary>
    public string? ReplyToId { get; init; }

    /// <summary>Of installation updates: <c>add</c>, <c>remove</c>, …</summary>
    public string? Action { get; init; }

    public IReadOnlyList<ActivityAccount?>? MembersAdded { get; init; }

    public IReadOnlyList<ActivityAccount?>? MembersRemoved { get; init; }

    public IReadOnlyList<ActivityEntity?>? Entities { get; init; }

    /// <summary>Of invokes, and of cards in clients that know no invokes: what was sent along.</summary>
    public JsonElement Value { get; init; }
}

internal sealed record ActivityAccount
{
    /// <summary>Opaque, <c>29:…</c> for people.</summary>
    public string? Id { get; init; }

    /// <summary>The object id in the tenant's directory; of people alone.</summary>
    public string? AadObjectId { get; init; }
}

internal sealed record ActivityConversation
{
    public string? Id { get; init; }

    public string? TenantId { get; init; }

    /// <summary><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</summary>
    public string? ConversationType { get; init; }
}

internal sealed record ActivityChannelData
{
    public ActivityTenant? Tenant { get; init; }

    public ActivityTenant? Channel { get; init; }
}

internal sealed record ActivityTenant
{
    public string? Id { get; init; }
}

/// <summary>Of messages: a mention.</summary>
internal sealed record ActivityEntity
{
    public string? Type { get; init; }

    public string? Text { get; init; }

    public ActivityAccount? Mentioned { get; init; }
}
