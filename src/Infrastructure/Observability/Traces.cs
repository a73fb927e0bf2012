using System.Diagnostics;

namespace ChatGovernance.Infrastructure.Observability;

/// <summary>
/// From the click to the read-back: what is under way is one trace, carried by the rows that say what is to be done next. Names and
/// tags are kinds, methods, outcomes and our own row ids; nothing personal. Where nobody listens nothing is made.
/// </summary>
public static class Traces
{
    public const string SourceName = "ChatGovernance";

    private static readonly ActivitySource source = new(SourceName);

    /// <summary>The W3C <c>traceparent</c> of what is under way here, for a row that comes of it; null where nothing is traced.</summary>
    public static string? Current => Ours?.Id;

    private static Activity? Ours => Activity.Current is { } current && ReferenceEquals(current.Source, source) ? current : null;

    /// <summary>
    /// Something that begins a trace, whatever the framework or the caller has begun around it: a stranger decides neither what is
    /// traced nor under which id.
    /// </summary>
    public static Activity? Begin(string name, ActivityKind kind)
    {
        if (!source.HasListeners())
            return null;
        Activity.Current = null;
        return source.StartActivity(name, kind);
    }

    /// <summary>Work on a row, as a part of the trace that the row came of, or as a trace of its own.</summary>
    /// <param name="cause">What <see cref="Current"/> was when the row was written.</param>
    public static Activity? Continue(string name, string? cause)
    {
        if (!source.HasListeners())
            return null;
        Activity.Current = null;
        return ActivityContext.TryParse(cause, null, isRemote: true, out var parent)
            ? source.StartActivity(name, ActivityKind.Consumer, parent)
            : source.StartActivity(name, ActivityKind.Consumer);
    }

    /// <summary>A step of what is under way; null where that is not traced.</summary>
    public static Activity? Step(string name, ActivityKind kind = ActivityKind.Internal) => Ours is null ? null : source.StartActivity(name, kind);
}
