using System.Globalization;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Audit;

/// <summary>
/// One note for the rows of a commit about one subject: in the request's thread, else in the channel itself. That an audit
/// channel did not get a line stands in the audit alone: said in the channels, it would bring about the next such row.
/// </summary>
public sealed class AuditMirror(IEnumerable<IChatPlatform> platforms) : IAuditMirror
{
    private readonly IReadOnlyList<ChatPlatform> platforms = [.. platforms.Where(platform => platform.HasAuditChannel).Select(platform => platform.Platform)];

    public IReadOnlyList<Note> Mirror(IReadOnlyList<AuditRow> rows) =>
    [
        .. from subject in rows.Where(row => !MessageAudit.IsOfAuditChannel(row.Entry)).GroupBy(row => row.Entry.Subject)
           from platform in platforms
           select NoteFor(platform, [.. subject]),
    ];

    private static Note NoteFor(ChatPlatform platform, IReadOnlyList<AuditRow> rows)
    {
        var subject = rows[0].Entry.Subject;
        var channel = new Audience.AuditChannel(platform);
        var lines = rows.Select(row => AuditSentences.For(row.Entry)).ToList();
        return new Note
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"audit:{channel}:{rows[0].Number}"),
            Subject = subject,
            Audience = channel,
            Thread = subject.IsRequest(out _) ? new CardKey(subject, channel, CardPurpose.Audit) : null,
            Message = new ChatMessage
            {
                Title = lines[0],
                Lines = [.. lines.Skip(1)],
                Small = string.Join(" · ", rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"#{row.Number} {row.ShortHash}"))),
            },
        };
    }
}
