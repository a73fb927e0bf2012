using System.Text.Json;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>What Slack sends on a click, a submission or a search (https://docs.slack.dev/reference/interaction-payloads).</summary>
internal sealed record InteractionPayload
{
    public string? Type { get; init; }

    public SlackTeam? Team { get; init; }

    public SlackEnterprise? Enterprise { get; init; }

    public SlackUserRef? User { get; init; }

    public string? TriggerId { get; init; }

    public ViewPayload? View { get; init; }

    public IReadOnlyList<ActionPayload?>? Actions { get; init; }

    /// <summary>Of a search: the block it is made in, and what was typed.</summary>
    public string? BlockId { get; init; }

    public string? Value { get; init; }
}

internal sealed record SlackTeam
{
    public string? Id { get; init; }

    public string? EnterpriseId { get; init; }
}

internal sealed record SlackEnterprise
{
    public string? Id { get; init; }
}

internal sealed record SlackUserRef
{
    public string? Id { get; init; }

    /// <summary>The person's own workspace, which is not the payload's in a shared channel.</summary>
    public string? TeamId { get; init; }
}

internal sealed record ActionPayload
{
    public string? ActionId { get; init; }

    public string? BlockId { get; init; }

    public string? Value { get; init; }

    public OptionPayload? SelectedOption { get; init; }
}

internal sealed record OptionPayload
{
    public string? Value { get; init; }
}

internal sealed record ViewPayload
{
    public string? Id { get; init; }

    public string? CallbackId { get; init; }

    public string? PrivateMetadata { get; init; }

    public ViewStatePayload? State { get; init; }
}

internal sealed record ViewStatePayload
{
    /// <summary>Block id → action id → what is entered.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, EnteredPayload?>?>? Values { get; init; }
}

internal sealed record EnteredPayload
{
    public string? Value { get; init; }

    public OptionPayload? SelectedOption { get; init; }
}

/// <summary>What the Events API sends (https://docs.slack.dev/apis/events-api).</summary>
internal sealed record EventPayload
{
    public string? Type { get; init; }

    public string? Challenge { get; init; }

    public string? EventId { get; init; }

    public string? TeamId { get; init; }

    public string? EnterpriseId { get; init; }

    public IReadOnlyList<EventAuthorization?>? Authorizations { get; init; }

    public EventBody? Event { get; init; }
}

internal sealed record EventAuthorization
{
    public string? EnterpriseId { get; init; }

    public string? TeamId { get; init; }
}

internal sealed record EventBody
{
    public string? Type { get; init; }

    /// <summary>An id in the events we ask for; an object in some others.</summary>
    public JsonElement User { get; init; }

    public string? Tab { get; init; }
}
