using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Chat;

/// <summary>A chat platform. No method throws for what the outside does.</summary>
public interface IChat : IChatPlatform
{
    /// <summary>Posts a new message, in a thread where one is given. <paramref name="key"/> goes along, to find it by.</summary>
    Task<Sent> Post(Audience audience, ChatPlace? thread, ChatMessage message, Guid key, CancellationToken ct);

    Task<Sent> Update(ChatPlace place, ChatMessage message, CancellationToken ct);

    /// <summary>Whether a person's own page is a message among others; otherwise it has a place of its own, and showing it again does no harm.</summary>
    bool HomeIsMessage { get; }

    /// <summary>Shows a person's own page.</summary>
    /// <param name="shown">The message that shows it already; null: none, or it has a place of its own.</param>
    Task<Sent> ShowHome(ChatAccount account, ChatHome home, ChatPlace? shown, CancellationToken ct);

    /// <summary>Looks for messages of ours that carry the key, oldest first.</summary>
    Task<Search> Find(Audience audience, ChatPlace? thread, Attempt attempt, CancellationToken ct);

    /// <summary>Takes away a twin of a message; done when it is gone already.</summary>
    Task<Sent> Delete(ChatPlace place, CancellationToken ct);

    /// <summary>How long after a press, or a command, a form can be opened by it.</summary>
    TimeSpan TriggerLife { get; }

    /// <summary>Opens a form while the press that asked for it is fresh enough.</summary>
    Task<FormShown> OpenForm(string trigger, ChatForm form, CancellationToken ct);

    /// <summary>Draws an open form again.</summary>
    Task<FormShown> UpdateForm(string view, ChatForm form, CancellationToken ct);
}

/// <summary>What became of a message that was sent.</summary>
public abstract record Sent
{
    private protected Sent()
    {
    }

    public sealed record Done(ChatPlace Place) : Sent;

    /// <summary>No answer: it may be there.</summary>
    public sealed record Uncertain : Sent;

    /// <summary>Not sent: the platform asks to wait.</summary>
    public sealed record Later(TimeSpan Wait) : Sent;

    /// <summary>The message, or the root of its thread, is no longer there.</summary>
    public sealed record Missing : Sent;

    /// <summary>This audience cannot be reached: account gone, app removed, channel archived or unknown.</summary>
    public sealed record Unreachable(string Code) : Sent;

    /// <summary>The platform refused what was sent; sending it again would not help.</summary>
    public sealed record Rejected(string Code) : Sent;
}

public abstract record Search
{
    private protected Search()
    {
    }

    /// <summary>Empty: it is not there.</summary>
    public sealed record Found(IReadOnlyList<ChatPlace> Places) : Search;

    /// <summary>No answer, or asked to wait: look again later.</summary>
    public sealed record Later(TimeSpan Wait) : Search;

    /// <summary>This platform, or this conversation, cannot be searched.</summary>
    public sealed record CannotLook : Search;
}

public abstract record FormShown
{
    private protected FormShown()
    {
    }

    /// <param name="View">What <see cref="IChat.UpdateForm"/> takes.</param>
    public sealed record Done(string View) : FormShown;

    /// <summary>The press is too old, or the form was closed.</summary>
    public sealed record Gone(string Code) : FormShown;

    public sealed record Failed(string Code) : FormShown;
}
