using ChatGovernance.Bot.Api.Models;

namespace ChatGovernance.Bot.Api.Document;

/// <summary>Words with which routes say what the document tells of them.</summary>
internal static class DescribeOperations
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string tag, string summary, string description) =>
        route.WithName(name).WithTags(tag).WithSummary(summary).WithDescription(description).DisableAntiforgery().Refuses(401, 429, 503);

    /// <summary>What routing would refuse by itself, without a word, comes through and is refused with one.</summary>
    public const string AnyType = "*/*";

    /// <summary>It is something new, with a body; a repeat under the same key does nothing.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>("application/json", AnyType).WithMetadata(OperationParameter.Key);

    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, int status) => route.Produces<T>(status);

    /// <summary>It changes what is there already.</summary>
    public static RouteHandlerBuilder Changes(this RouteHandlerBuilder route) => route.WithMetadata(OperationParameter.Key, OperationParameter.IfMatch);

    /// <summary>It has an ETag, and 304 for who has it.</summary>
    public static RouteHandlerBuilder GivesUnchanged(this RouteHandlerBuilder route) => route.Produces(StatusCodes.Status304NotModified).WithMetadata(OperationParameter.IfNoneMatch);

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params IReadOnlyList<int> statuses)
    {
        foreach (var status in statuses)
            route.Produces<Problem>(status, Problems.ContentType);
        return route;
    }

    public static RouteHandlerBuilder Query(this RouteHandlerBuilder route, string name, string description, params IReadOnlyList<string> values) =>
        route.WithMetadata(new OperationParameter(name, description, values));

    /// <summary>Two that name one thing.</summary>
    public static RouteHandlerBuilder QueryTarget(this RouteHandlerBuilder route, bool required = false) => route.WithMetadata(
        new OperationParameter("resourceType", "With resourceId: what it is about.", ["group", "realm-role", "client-role"]) { Required = required },
        new OperationParameter("resourceId", "A name, a path or an id; of a client role clientId/role.", []) { Required = required });

    public static RouteHandlerBuilder Pages(this RouteHandlerBuilder route) => route.WithMetadata(
        new OperationParameter("cursor", "The next of the page before.", []),
        new OperationParameter("limit", $"How many at most: 1 to {QueryReader.MostItems}; {QueryReader.DefaultLimit} when absent.", []) { Number = true });
}

/// <summary>A parameter that a handler reads by itself.</summary>
internal sealed record OperationParameter(string Name, string Description, IReadOnlyList<string> Values)
{
    public static readonly OperationParameter Key = new(Call.KeyHeader, "The same key and call within 24 hours: the same answer, and nothing is done twice. Another call under the same key: 422.", []) { InHeader = true };

    public static readonly OperationParameter IfMatch = new("If-Match", "The ETag that was read: 412 where it has changed since.", []) { InHeader = true };

    public static readonly OperationParameter IfNoneMatch = new("If-None-Match", "The ETag that was read: 304 where it has not changed since.", []) { InHeader = true };

    public bool InHeader { get; init; }

    public bool Required { get; init; }

    public bool Number { get; init; }
}
