using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Json;
using ChatGovernance.Infrastructure.Persistence.Rows;

namespace ChatGovernance.Infrastructure.Persistence;

internal static class MessageMapping
{
    public static Card ToCard(this CardRow row) => new()
    {
        Id = row.Id,
        Key = new CardKey(new Subject(row.Subject), Audience.Parse(row.Audience), row.Purpose),
        Wanted = row.Wanted,
        Shown = row.Shown,
        Place = PlaceOf(row.Conversation, row.Message),
        Attempt = AttemptOf(row.AttemptKey, row.AttemptAt, row.AttemptPosts),
        Failures = row.Failures,
        Due = row.DueAt,
        Dead = row.Dead,
    };

    public static PendingNote ToNote(this NoteRow row)
    {
        var document = Documents.Read<NoteDocument>(row.Document);
        return new PendingNote
        {
            Id = row.Id,
            Note = new Note
            {
                Key = row.Key,
                Subject = new Subject(row.Subject),
                Audience = Audience.Parse(row.Audience),
                Thread = document.Thread,
                Message = document.Message,
            },
            Attempt = AttemptOf(row.AttemptKey, row.AttemptAt, row.AttemptPosts),
            Place = PlaceOf(row.Conversation, row.Message),
            Failures = row.Failures,
            Dead = row.Dead,
        };
    }

    public static string ThreadOf(Note note) => note.Thread is { } card ? $"{card.Purpose} {card.Audience} {card.Subject}" : "";

    private static ChatPlace? PlaceOf(string? conversation, string? message) =>
        conversation is not null && message is not null ? new ChatPlace(conversation, message) : null;

    private static Attempt? AttemptOf(string? key, DateTimeOffset? at, int posts) =>
        key is not null && at is { } time ? new Attempt(RowIds.ReadGuid(key), time, posts) : null;
}
