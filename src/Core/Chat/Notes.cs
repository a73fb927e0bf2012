namespace ChatGovernance.Core.Chat;

/// <summary>Notes that are said in one message, in their order; all of them are marked before it is sent, and all with one key.</summary>
internal sealed record Notes(PendingNote First, IReadOnlyList<PendingNote> Others)
{
    /// <summary>Far below what a message can hold.</summary>
    public const int Most = 10;

    private const int MostLines = 30;
    private const int MostCharacters = 6000;

    public Notes(PendingNote only)
        : this(only, [])
    {
    }

    public ChatMessage Message => Others.Count == 0 ? First.Note.Message : First.Note.Message with
    {
        Lines = [.. First.Note.Message.Lines, .. Others.SelectMany(note => Lines(note.Note.Message))],
        Small = string.Join(" · ", Others.Select(note => note.Note.Message.Small).Prepend(First.Note.Message.Small).OfType<string>()),
    };

    /// <summary>As many of those that follow as fit into one message. What was begun together fitted.</summary>
    public static Notes Fitting(PendingNote first, IReadOnlyList<PendingNote> following)
    {
        var others = new List<PendingNote>();
        var (lines, characters) = (Lines(first.Note.Message).Count(), Length(first));
        foreach (var note in following.TakeWhile(note => IsPlain(first) && IsPlain(note)))
        {
            (lines, characters) = (lines + Lines(note.Note.Message).Count(), characters + Length(note));
            if (first.Attempt is null && (lines > MostLines || characters > MostCharacters))
                break;
            others.Add(note);
        }

        return new Notes(first, others);
    }

    public Notes Each(Func<PendingNote, PendingNote> change) => new(change(First), [.. Others.Select(change)]);

    public Notes Failed(int failures) => this with { First = First with { Failures = failures } };

    private static bool IsPlain(PendingNote note) => note.Note.Message is { Facts.Count: 0, Actions.Count: 0 };

    private static IEnumerable<string> Lines(ChatMessage message) => message.Lines.Prepend(message.Title);

    private static int Length(PendingNote note) => Lines(note.Note.Message).Sum(line => line.Length);
}
