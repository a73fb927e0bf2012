using System.ComponentModel;

namespace ChatGovernance.Bot.Api.Models;

/// <summary>Why a call was not done (RFC 9457).</summary>
[Description("Why a call was not done (RFC 9457).")]
internal sealed record Problem(
    [property: Description("Stable: what a program goes by. docs/api.md lists all.")] string Type,
    string Title,
    int Status,
    [property: Description("For people: what is the matter, and what to do next.")] string Detail)
{
    [Description("What is wrong with the body or the query, by its place.")]
    public IReadOnlyList<ProblemField>? Errors { get; init; }

    [Description("What could be meant, where a name means several things.")]
    public IReadOnlyList<string>? Matches { get; init; }

    [Description("The open request for the same person and target.")]
    public string? RequestId { get; init; }
}

internal sealed record ProblemField(
    [property: Description("A JSON pointer into the body (RFC 6901), or the name of a query parameter or header.")] string Pointer,
    string Detail);
