using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Chat;

/// <summary>Who reads it.</summary>
public abstract record Audience
{
    /// <summary>What every channel's stored form begins with.</summary>
    public const string ChannelPrefix = "channel:";

    private protected Audience()
    {
    }

    /// <summary>A direct message.</summary>
    public sealed record Person(ChatAccount Account) : Audience;

    /// <summary>The platform's audit channel, as configured.</summary>
    public sealed record AuditChannel(ChatPlatform On) : Audience;

    /// <summary>A channel in which a request is decided.</summary>
    public sealed record Channel(ChatChannel Of) : Audience;

    public ChatPlatform Platform => this switch
    {
        Channel channel => channel.Of.Platform,
        Person person => person.Account.Platform,
        AuditChannel channel => channel.On,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary><c>account:slack:T/U</c>, <c>channel:slack:#name</c> or <c>audit:slack</c>.</summary>
    public sealed override string ToString() => this switch
    {
        Person person => $"account:{person.Account}",
        Channel channel => $"{ChannelPrefix}{channel.Of}",
        AuditChannel { On: ChatPlatform.Slack } => "audit:slack",
        _ => "audit:teams",
    };

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Audience Parse(string text) => text switch
    {
        "audit:slack" => new AuditChannel(ChatPlatform.Slack),
        "audit:teams" => new AuditChannel(ChatPlatform.Teams),
        _ when text.StartsWith("account:", StringComparison.Ordinal) && ChatAccount.TryParse(text["account:".Length..], out var account) => new Person(account),
        _ when text.StartsWith(ChannelPrefix, StringComparison.Ordinal) => new Channel(ChatChannel.Parse(text[ChannelPrefix.Length..])),
        _ => throw new FormatException("Not an audience."),
    };
}

public enum CardPurpose
{
    /// <summary>An approver's copy, or the one that a channel shares, with the buttons.</summary>
    Decide,

    /// <summary>The requester's copy.</summary>
    Follow,

    /// <summary>The root of the thread in the audit channel.</summary>
    Audit,

    /// <summary>A person's own page.</summary>
    Home,

    /// <summary>What would let somebody in who was not let in.</summary>
    Offer,
}

/// <summary>A message that is kept up to date.</summary>
public sealed record CardKey(Subject Subject, Audience Audience, CardPurpose Purpose);

/// <summary>Where a message is: channel and timestamp on Slack, conversation and activity on Teams.</summary>
public sealed record ChatPlace(string Conversation, string Message);

/// <summary>A first post that was begun and whose answer is not saved.</summary>
/// <param name="Key">Sent along, to find the message by.</param>
/// <param name="Posts">How often it was posted: where a platform cannot be searched, twice at the most.</param>
public sealed record Attempt(Guid Key, DateTimeOffset At, int Posts = 1);

/// <summary>A card with what it should show and what it shows.</summary>
public sealed record Card
{
    public required long Id { get; init; }

    public required CardKey Key { get; init; }

    /// <summary>Counts up each time it should be drawn again.</summary>
    public required long Wanted { get; init; }

    public required long Shown { get; init; }

    public ChatPlace? Place { get; init; }

    public Attempt? Attempt { get; init; }

    /// <summary>Tries in a row that brought nothing.</summary>
    public int Failures { get; init; }

    /// <summary>When it is drawn next; null: it shows what it should, or was given up. Not saved with the card.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Set when it was given up: the platform's code.</summary>
    public string? Dead { get; init; }
}

/// <summary>Something said once.</summary>
public sealed record Note
{
    /// <summary>The same key is never said twice.</summary>
    public required string Key { get; init; }

    public required Subject Subject { get; init; }

    public required Audience Audience { get; init; }

    /// <summary>Said in the thread below this card.</summary>
    public CardKey? Thread { get; init; }

    public required ChatMessage Message { get; init; }
}

/// <summary>A note that is to be said. Notes of one audience and thread are said in the order of their ids.</summary>
public sealed record PendingNote
{
    public required long Id { get; init; }

    public required Note Note { get; init; }

    public Attempt? Attempt { get; init; }

    /// <summary>Set once it was said.</summary>
    public ChatPlace? Place { get; init; }

    public int Failures { get; init; }

    /// <summary>Set when it was given up: the platform's code.</summary>
    public string? Dead { get; init; }
}
