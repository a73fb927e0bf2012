using ChatGovernance.Core.Chat;
using ChatGovernance.Infrastructure.Observability;
using ChatGovernance.Infrastructure.Persistence.Json;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class SavedNotes
{
    private const int RowsPerStatement = 100;

    /// <summary>In their order; a key that is there already is left as it is.</summary>
    public static async Task Add(GovernanceContext db, IReadOnlyList<Note> notes, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var some in notes.Chunk(RowsPerStatement))
        {
            var values = new List<object> { now.UtcTicks, Traces.Current ?? "" };
            var rows = new List<string>();
            foreach (var note in some)
            {
                var first = values.Count;
                rows.Add($"({string.Join(", ", Enumerable.Range(first, 5).Select(index => $"{{{index}}}"))}, 0, 0, 0, {{0}}, NULLIF({{1}}, ''))");
                values.AddRange(
                [
                    note.Key, note.Subject.Value, note.Audience.ToString(), MessageMapping.ThreadOf(note),
                    Documents.Write(new NoteDocument(note.Message, note.Thread)),
                ]);
            }

            await db.Execute(
                $"""
                INSERT INTO notes (key, subject, audience, thread, document, attempt_posts, failures, thrown, due_at, trace) VALUES {string.Join(", ", rows)}
                ON CONFLICT (key) DO NOTHING
                """,
                values,
                ct);
        }
    }

    /// <summary>How far a note has come.</summary>
    public static Task Progress(GovernanceContext db, PendingNote note, DateTimeOffset? notBefore, DateTimeOffset now, CancellationToken ct)
    {
        DateTimeOffset? due = note.Place is null && note.Dead is null ? notBefore ?? now : null;
        return db.Notes.Where(row => row.Id == note.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Conversation, note.Place == null ? null : note.Place.Conversation)
                .SetProperty(row => row.Message, note.Place == null ? null : note.Place.Message)
                .SetProperty(row => row.AttemptKey, note.Attempt == null ? null : RowIds.Write(note.Attempt.Key))
                .SetProperty(row => row.AttemptAt, note.Attempt == null ? null : note.Attempt.At)
                .SetProperty(row => row.AttemptPosts, note.Attempt == null ? 0 : note.Attempt.Posts)
                .SetProperty(row => row.Failures, note.Failures)
                .SetProperty(row => row.Dead, note.Dead)
                .SetProperty(row => row.DueAt, due),
            ct);
    }
}
