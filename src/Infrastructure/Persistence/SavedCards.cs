using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Observability;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class SavedCards
{
    private const int RowsPerStatement = 100;

    // Parameters 0 and 1: now, and the trace. One that is behind already keeps its turn: the platform may have asked to wait.
    private const string WantedAgain =
        "wanted = cards.wanted + 1, due_at = CASE WHEN cards.dead IS NOT NULL THEN NULL WHEN cards.shown < cards.wanted THEN cards.due_at ELSE {0} END, trace = NULLIF({1}, '')";

    /// <summary>Cards that must exist from now on, and those that must be drawn again where they exist.</summary>
    public static async Task Want(GovernanceContext db, IReadOnlyList<CardKey> cards, IReadOnlyList<CardTouch> touched, DateTimeOffset now, CancellationToken ct)
    {
        // In one order everywhere, so that two commits wait for each other in turn.
        foreach (var some in cards.Distinct().OrderBy(Order, StringComparer.Ordinal).Chunk(RowsPerStatement))
        {
            var values = new List<object> { now.UtcTicks, Traces.Current ?? "" };
            var rows = new List<string>();
            foreach (var key in some)
            {
                rows.Add($"({{{values.Count}}}, {{{values.Count + 1}}}, {{{values.Count + 2}}}, 1, 0, 0, 0, 0, {{0}}, NULLIF({{1}}, ''))");
                values.AddRange([key.Subject.Value, key.Audience.ToString(), key.Purpose.ToString()]);
            }

            await db.Execute(
                $"""
                INSERT INTO cards (subject, audience, purpose, wanted, shown, attempt_posts, failures, thrown, due_at, trace) VALUES {string.Join(", ", rows)}
                ON CONFLICT (subject, audience, purpose) DO UPDATE SET {WantedAgain}
                """,
                values,
                ct);
        }

        foreach (var touch in touched.OrderBy(touch => touch.Subject.Value, StringComparer.Ordinal))
        {
            var purposes = touch.Purposes.Count == 0 ? Enum.GetValues<CardPurpose>() : [.. touch.Purposes];
            var places = string.Join(", ", purposes.Select((_, index) => $"{{{index + 3}}}"));
            await db.Execute(
                $$"""
                UPDATE cards SET {{WantedAgain}}
                WHERE id IN (SELECT id FROM cards WHERE subject = {2} AND purpose IN ({{places}}) ORDER BY audience, purpose {{db.ForUpdate}})
                """,
                [now.UtcTicks, Traces.Current ?? "", touch.Subject.Value, .. purposes.Select(purpose => purpose.ToString())],
                ct);
            if (touch is { Purposes.Count: 0 } && touch.Subject.IsAccount)
                await Offers(db, touch.Subject, now, ct);
        }
    }

    /// <summary>What an account was offered says how far each of it has come. A subject and an audience write an account alike.</summary>
    private static Task Offers(GovernanceContext db, Subject account, DateTimeOffset now, CancellationToken ct) => db.Execute(
        $$"""
        UPDATE cards SET {{WantedAgain}}
        WHERE id IN (SELECT id FROM cards WHERE audience = {2} AND purpose = 'Offer' AND dead IS NULL ORDER BY id {{db.ForUpdate}})
        """,
        [now.UtcTicks, Traces.Current ?? "", account.Value],
        ct);

    /// <summary>How far a card has come; what is wanted of it may have grown meanwhile.</summary>
    public static Task Progress(GovernanceContext db, Card card, DateTimeOffset? notBefore, DateTimeOffset now, CancellationToken ct)
    {
        var next = notBefore ?? now;
        // While a post is not answered, a press in it may teach where it is: what waits for the answer does not know that.
        var mayBeFound = card is { Place: null, Attempt: not null };
        var (conversation, message) = (card.Place?.Conversation, card.Place?.Message);
        var (key, at, posts) = (card.Attempt is { } attempt ? RowIds.Write(attempt.Key) : null, card.Attempt?.At, card.Attempt?.Posts ?? 0);
        return db.Cards.Where(row => row.Id == card.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Shown, card.Shown)
                .SetProperty(row => row.Conversation, row => mayBeFound ? row.Conversation : conversation)
                .SetProperty(row => row.Message, row => mayBeFound ? row.Message : message)
                .SetProperty(row => row.AttemptKey, row => mayBeFound && row.Message != null ? null : key)
                .SetProperty(row => row.AttemptAt, row => mayBeFound && row.Message != null ? null : at)
                .SetProperty(row => row.AttemptPosts, row => mayBeFound && row.Message != null ? 0 : posts)
                .SetProperty(row => row.Failures, card.Failures)
                .SetProperty(row => row.Dead, card.Dead)
                .SetProperty(row => row.DueAt, row => card.Dead == null && row.Wanted > card.Shown ? next : null),
            ct);
    }

    /// <summary>Their messages are gone: they are posted anew. Not so one that another worker has posted anew meanwhile.</summary>
    public static async Task Lose(GovernanceContext db, IReadOnlyList<LostCard> cards, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var lost in cards.Distinct().OrderBy(lost => lost.Card))
        {
            await db.Execute(
                $$"""
                UPDATE cards SET conversation = NULL, message = NULL, attempt_key = NULL, attempt_at = NULL, attempt_posts = 0, {{WantedAgain}}
                WHERE id = {2} AND conversation = {3} AND message = {4}
                """,
                [now.UtcTicks, Traces.Current ?? "", lost.Card, lost.From.Conversation, lost.From.Message],
                ct);
        }
    }

    /// <summary>They were given up, and are shown now.</summary>
    public static async Task Revive(GovernanceContext db, IReadOnlyList<long> cards, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var card in cards.Distinct().Order())
        {
            await db.Execute(
                "UPDATE cards SET dead = NULL, failures = 0, attempt_key = NULL, attempt_at = NULL, attempt_posts = 0, wanted = wanted + 1, due_at = {0}, trace = NULLIF({1}, '') WHERE id = {2} AND dead IS NOT NULL",
                [now.UtcTicks, Traces.Current ?? "", card],
                ct);
        }
    }

    /// <summary>They were posted without an answer, and are brought up to date where they are. Not so one whose place is known meanwhile.</summary>
    public static async Task Find(GovernanceContext db, IReadOnlyList<FoundCard> cards, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var found in cards.Distinct().OrderBy(found => found.Card))
        {
            await db.Execute(
                "UPDATE cards SET conversation = {3}, message = {4}, dead = NULL, failures = 0, attempt_key = NULL, attempt_at = NULL, attempt_posts = 0, wanted = wanted + 1, due_at = {0}, trace = NULLIF({1}, '') WHERE id = {2} AND message IS NULL",
                [now.UtcTicks, Traces.Current ?? "", found.Card, found.At.Conversation, found.At.Message],
                ct);
        }
    }

    private static string Order(CardKey key) => $"{key.Subject} {key.Audience} {key.Purpose}";
}
