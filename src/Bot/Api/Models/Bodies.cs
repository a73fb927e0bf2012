using System.ComponentModel;
using System.Text.Json.Serialization;

namespace ChatGovernance.Bot.Api.Models;

/// <summary>What is asked for: one thing (resourceType and resourceId), several (targets), or a bundle.</summary>
internal sealed record FilingBody
{
    [Description("For whom: a user id. Absent, or the token's own sub: for oneself. Anybody else: on behalf.")]
    public string? RequesterId { get; init; }

    [Description("For whom, where that are several: user ids.")]
    public IReadOnlyList<string>? BeneficiaryIds { get; init; }

    public ResourceType? ResourceType { get; init; }

    [Description("A name, a path or an id; of a client role clientId/role.")]
    public string? ResourceId { get; init; }

    [Description("Several things at once, in the place of resourceType and resourceId: all of them or none.")]
    public IReadOnlyList<TargetBody>? Targets { get; init; }

    [Description("A named bundle of the policy file, in the place of those.")]
    public string? Bundle { get; init; }

    [Description("Why. The people who decide and the security team read it.")]
    public required string Justification { get; init; }

    [Description("For how long: 8h, 30d, PT8H, or permanent. Absent: what is usual for it.")]
    public string? Length { get; init; }

    [Description("From when to when, in the place of length.")]
    public WindowBody? Window { get; init; }

    [Description("The ticket that it belongs to, where one is asked for.")]
    public string? Ticket { get; init; }

    [Description("Take it at once, and have it confirmed afterwards. For oneself alone.")]
    public bool Emergency { get; init; }
}

[JsonConverter(typeof(ResourceTypeConverter))]
internal enum ResourceType
{
    Group,
    RealmRole,
    ClientRole,
}

internal sealed record TargetBody(ResourceType ResourceType, [property: Description("A name, a path or an id; of a client role clientId/role.")] string ResourceId);

internal sealed record WindowBody(DateTimeOffset From, DateTimeOffset To);

/// <summary>More time for a grant.</summary>
internal sealed record ExtensionBody
{
    public required string Justification { get; init; }

    [Description("How much longer: 8h, 30d, PT8H. Absent: what is usual for it.")]
    public string? Length { get; init; }

    public string? Ticket { get; init; }
}

/// <summary>A question, or its answer.</summary>
internal sealed record WordsBody
{
    [Description("1 to 500 characters. The requester, everybody who decides and the security team can read it.")]
    public required string Text { get; init; }
}

internal sealed record VoteBody
{
    public required VoteChoice Choice { get; init; }

    [Description("Why; the requester reads it. At most 500 characters.")]
    public string? Reason { get; init; }

    [Description("Approve for no longer than this: 1h, PT1H.")]
    public string? AtMost { get; init; }
}

[JsonConverter(typeof(VoteChoiceConverter))]
internal enum VoteChoice
{
    Approve,
    Deny,
}
