using ChatGovernance.Core.Policies;

namespace ChatGovernance.Core.Requests;

/// <summary>For how long access is asked for.</summary>
public abstract record AccessLength
{
    private protected AccessLength()
    {
    }

    /// <summary>From the moment at which the directory confirms it.</summary>
    public sealed record For(TimeSpan Length) : AccessLength;

    /// <summary>Between two instants, whatever happens in between.</summary>
    public sealed record Window(DateTimeOffset From, DateTimeOffset To) : AccessLength;

    public sealed record WithoutEnd : AccessLength;

    /// <summary>This, or as much of it.</summary>
    public AccessLength AtMost(TimeSpan limit) => this switch
    {
        For span when span.Length <= limit => span,
        Window window when window.To - window.From <= limit => window,
        Window window => window with { To = window.From + limit },
        _ => new For(limit),
    };

    public const string WithoutEndText = "permanent";

    /// <summary>The value that a form's choice of length carries: a duration, or <c>permanent</c>.</summary>
    public static bool TryParse(string? text, out AccessLength length)
    {
        length = new WithoutEnd();
        if (text == WithoutEndText)
            return true;
        if (!Durations.TryParse(text, out var span))
            return false;
        length = new For(span);
        return true;
    }
}
