using System.Diagnostics;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Persistence.Claims;

/// <summary>Where rows of a kind are, in words of SQL.</summary>
/// <param name="FailuresColumn">How often work on a row threw. Of cards, notes and webhooks, how often they could not be sent is another count, and Core's.</param>
/// <param name="InOrderOf">Rows that agree in these are worked on one at a time, in order of their ids.</param>
/// <param name="SharedBy">Of rows that agree in this, a few at a time are worked on (<see cref="Share"/>), however many are due. Null: as many as there are workers.</param>
internal sealed record WorkTable(string Name, bool HasNumbers, IReadOnlyList<string> InOrderOf, string FailuresColumn = "failures", string? SharedBy = null)
{
    /// <summary>So many rows that agree in <see cref="SharedBy"/> are claimed at a time. Replicas that claim in the same instant may exceed it together, none by itself.</summary>
    public const int Share = 4;

    // What was received before a request fell due (a vote before the lapse) comes first.
    private const string NothingOlderInInbox =
        "NOT EXISTS (SELECT 1 FROM inbox AS o WHERE o.due_at IS NOT NULL AND o.subject = 'request:' || w.id AND o.received_at < w.due_at)";

    private static readonly WorkTable inbox = new("inbox", HasNumbers: true, ["subject"]);
    private static readonly WorkTable requests = new("requests", HasNumbers: false, []);
    private static readonly WorkTable entitlements = new("entitlements", HasNumbers: false, []);
    private static readonly WorkTable cards = new("cards", HasNumbers: true, [], "thrown");
    private static readonly WorkTable notes = new("notes", HasNumbers: true, ["audience", "thread"], "thrown");
    private static readonly WorkTable webhooks = new("webhook_events", HasNumbers: true, ["target", "subject"], "thrown", SharedBy: "target");

    public static WorkTable Of(WorkKind kind) => kind switch
    {
        WorkKind.Inbox => inbox,
        WorkKind.Request => requests,
        WorkKind.Entitlement => entitlements,
        WorkKind.Card => cards,
        WorkKind.Note => notes,
        WorkKind.Webhook => webhooks,
        _ => throw new UnreachableException(),
    };

    /// <summary>A lease's id as a parameter.</summary>
    public object IdOf(Lease lease) => HasNumbers ? RowIds.ReadNumber(lease.Id) : lease.Id;

    /// <summary>Rows <c>w</c> that nobody has, that nothing older holds up, and whose share of the workers is not used up; parameter 0 is now.</summary>
    public string Free => string.Join(" AND ", Conditions());

    /// <summary>What <see cref="Allowed"/> needs to know of a row <c>w</c>.</summary>
    public string Picked => SharedBy is null ? "w.id" : $"w.id, w.due_at, w.{SharedBy}";

    /// <summary>Of the rows that were <c>picked</c>, those that their share allows; parameter 0 is now.</summary>
    public string Allowed => SharedBy is null ? "SELECT id FROM picked" :
        $"""
        SELECT id FROM (
            SELECT p.id,
                ROW_NUMBER() OVER (PARTITION BY p.{SharedBy} ORDER BY p.due_at, p.id) AS place,
                (SELECT COUNT(*) FROM {Name} AS b WHERE {Claimed("b")} AND b.{SharedBy} = p.{SharedBy}) AS claimed
            FROM picked AS p) AS placed
        WHERE claimed + place <= {Share}
        """;

    private IEnumerable<string> Conditions()
    {
        yield return "(w.leased_until IS NULL OR w.leased_until <= {0})";
        if (this == requests)
            yield return NothingOlderInInbox;
        if (InOrderOf.Count > 0)
            yield return $"NOT EXISTS (SELECT 1 FROM {Name} AS o WHERE o.due_at IS NOT NULL AND {string.Join(" AND ", InOrderOf.Select(column => $"o.{column} = w.{column}"))} AND o.id < w.id)";
        if (SharedBy is not null)
            yield return $"w.{SharedBy} NOT IN (SELECT b.{SharedBy} FROM {Name} AS b WHERE {Claimed("b")} GROUP BY b.{SharedBy} HAVING COUNT(*) >= {Share})";
    }

    private static string Claimed(string row) => $"{row}.due_at IS NOT NULL AND {row}.leased_until > {{0}}";
}
