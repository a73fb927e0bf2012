using System.Text.Json;

namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>Of <c>adaptiveCard/action</c>.</summary>
internal sealed record ActionValue
{
    public PressedAction? Action { get; init; }
}

internal sealed record PressedAction
{
    public string? Verb { get; init; }

    public JsonElement Data { get; init; }
}

/// <summary>Of <c>task/fetch</c> and <c>task/submit</c>.</summary>
internal sealed record DialogValue
{
    public JsonElement Data { get; init; }
}

/// <summary>Of <c>application/search</c>.</summary>
internal sealed record SearchValue
{
    public string? QueryText { get; init; }

    public string? Dataset { get; init; }
}
