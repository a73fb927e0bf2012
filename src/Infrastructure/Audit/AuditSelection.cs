using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Audit;

/// <summary>
/// Which rows are exported; what is null asks for nothing. Of a request that a person or a target has a part in, every row is.
/// </summary>
public sealed record AuditSelection
{
    public static readonly AuditSelection All = new();

    public DateTimeOffset? From { get; init; }

    /// <summary>Rows of this instant are no longer among them.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>An id of Keycloak's.</summary>
    public string? Person { get; init; }

    /// <summary><c>group:…</c>, <c>realm-role:…</c> or <c>client-role:…</c>, with an id of Keycloak's.</summary>
    public string? Target { get; init; }

    internal bool NamesAnything => Person is not null || Target is not null;

    /// <summary>It names the person and the target; its time is not asked for.</summary>
    internal bool IsNamedIn(AuditPayload row) =>
        (Person is null || row.Facts.Values.Contains(Person))
        && (Target is null || row.Facts.Values.Contains(Target) || row.Subject == $"target:{Target}");

    /// <param name="requests">Subjects of all requests that they have a part in.</param>
    internal bool Takes(AuditPayload row, IReadOnlySet<string> requests) =>
        IsInTime(row) && (!NamesAnything || IsNamedIn(row) || requests.Contains(row.Subject));

    private bool IsInTime(AuditPayload row) => row.Instant is { } at && !(at < From) && !(at >= Until);

    /// <summary>The subject, where it is a request.</summary>
    internal static string? RequestOf(AuditPayload row) => new Subject(row.Subject).IsRequest(out _) ? row.Subject : null;
}
