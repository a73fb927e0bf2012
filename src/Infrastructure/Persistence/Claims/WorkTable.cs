using System.Diagnostics;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Persistence.Claims;

/// <summary>Where rows of a kind are, in words of SQL.</summary>
/// <param name="FailuresColumn">How often work on a row threw. Of cards, notes and webhooks, how often they could not be sent is another count, and Core's.</param>
/// <param name="InOrderOf">Rows that agree in these are worked on one at a time, in order of their ids.</param>
internal sealed record WorkTable(string Name, bool HasNumbers, IReadOnlyList<string> InOrderOf, string FailuresColumn = "failures")
{
    // What was received before a request fell due (a vote before the lapse) comes first.
    private const string NothingOlderInInbox =
        "NOT EXISTS (SELECT 1 FROM inbox AS o WHERE o.due_at IS NOT NULL AND o.subject = 'request:' || w.id AND o.received_at < w.due_at)";

    private static readonly WorkTable inbox = new("inbox", HasNumbers: true, ["subject"]);
    private static readonly WorkTable requests = new("requests", HasNumbers: false, []);
    private static readonly WorkTable entitlements = new("entitlements", HasNumbers: false, []);
    private static readonly WorkTable cards = new("cards", HasNumbers: true, [], "thrown");
    private static readonly WorkTable notes = new("notes", HasNumbers: true, ["audience", "thread"], "thrown");
    private static readonly WorkTable webhooks = new("webhook_events", HasNumbers: true, ["target", "subject"], "thrown");

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

    /// <summary>Rows <c>w</c> that nobody has and that nothing older holds up; parameter 0 is now.</summary>
    public string Free
    {
        get
        {
            const string unleased = "(w.leased_until IS NULL OR w.leased_until <= {0})";
            if (this == requests)
                return $"{unleased} AND {NothingOlderInInbox}";
            if (InOrderOf.Count == 0)
                return unleased;
            var same = string.Join(" AND ", InOrderOf.Select(column => $"o.{column} = w.{column}"));
            return $"{unleased} AND NOT EXISTS (SELECT 1 FROM {Name} AS o WHERE o.due_at IS NOT NULL AND {same} AND o.id < w.id)";
        }
    }
}
