using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Webhooks;

namespace ChatGovernance.Core.Work;

/// <summary>What one decision changes.</summary>
public sealed record Changes
{
    /// <summary>Saved only while this lease is held; null where no row was claimed.</summary>
    public Lease? Under { get; init; }

    /// <summary>What becomes of the claimed row itself; null keeps the claim as it is.</summary>
    public Release? Release { get; init; }

    public Versioned<AccessRequest>? Request { get; init; }

    /// <summary>Requests that were not there before.</summary>
    public IReadOnlyList<AccessRequest> Filed { get; init; } = [];

    public Versioned<Entitlement>? Entitlement { get; init; }

    /// <summary>Cards that must exist from now on; one that does already is brought up to date.</summary>
    public IReadOnlyList<CardKey> Cards { get; init; } = [];

    /// <summary>Cards of these subjects and purposes that exist are brought up to date.</summary>
    public IReadOnlyList<CardTouch> Touched { get; init; } = [];

    /// <summary>Said once each; a key that is there already is left as it is.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>How far a card has come.</summary>
    public Card? Card { get; init; }

    /// <summary>Cards whose message is no longer where it was: they forget the place and are posted anew. One that is elsewhere by now stays.</summary>
    public IReadOnlyList<LostCard> Lost { get; init; } = [];

    /// <summary>Cards that had no place that is known, and were found there.</summary>
    public IReadOnlyList<FoundCard> Found { get; init; } = [];

    /// <summary>Cards that were given up and can be shown now.</summary>
    public IReadOnlyList<long> Revived { get; init; } = [];

    /// <summary>How far a note has come.</summary>
    public PendingNote? Note { get; init; }

    /// <summary>The same of notes that are said in one message with it.</summary>
    public IReadOnlyList<PendingNote> NotesWithIt { get; init; } = [];

    /// <summary>How far the delivery of an event has come.</summary>
    public PendingWebhook? Webhook { get; init; }

    /// <summary>Ids of events that were given up and are due again; a conflict where one of them is no longer there, or due already.</summary>
    public IReadOnlyList<long> Resent { get; init; } = [];

    public IReadOnlyList<AuditEntry> Audit { get; init; } = [];

    /// <summary>What somebody who was not let in is offered.</summary>
    public Versioned<LoginOffer>? Offer { get; init; }

    /// <summary>An alarm that is raised or ends.</summary>
    public AlarmChange? Alarm { get; init; }

    /// <summary>Another login policy that is wanted, or how far it has come.</summary>
    public Versioned<LoginChange>? LoginChange { get; init; }

    /// <summary>Login policies are known to be others from now on.</summary>
    public KnownLoginPoliciesChange? KnownLoginPolicies { get; init; }

    /// <summary>The audit's head is told outside.</summary>
    public AnchoredChange? Anchored { get; init; }

    /// <summary>Another policy holds from now on.</summary>
    public PolicyChange? Policy { get; init; }

    /// <summary>Matches of chat accounts and people, remembered with their proof.</summary>
    public IReadOnlyList<Match> Matches { get; init; } = [];

    /// <summary>Ways through the browser; one that is void is written before one that takes its place.</summary>
    public IReadOnlyList<Versioned<Login>> Logins { get; init; } = [];

    /// <summary>What a call is answered by these.</summary>
    public Reply? Reply { get; init; }

    /// <summary>A link that is made or ends.</summary>
    public LinkChange? Link { get; init; }
}

/// <summary>What becomes of a claimed row when its work is saved.</summary>
public abstract record Release
{
    private protected Release()
    {
    }

    /// <summary>Its work is done; it is due again when its own state says so.</summary>
    public sealed record Done : Release;

    /// <summary>Not before this instant.</summary>
    public sealed record Later(DateTimeOffset At) : Release;

    /// <summary>A delivery that is not tried again, for this reason: one word, nothing personal.</summary>
    public sealed record SetAside(string Code) : Release;
}

/// <param name="Card">Its id.</param>
/// <param name="From">The place at which nothing was found.</param>
public sealed record LostCard(long Card, ChatPlace From);

/// <param name="Card">Its id.</param>
public sealed record FoundCard(long Card, ChatPlace At);

/// <summary>Cards of a subject; no purposes: all of them, and with an account's what it was offered.</summary>
public sealed record CardTouch(Subject Subject, params IReadOnlyList<CardPurpose> Purposes);

/// <summary>A conflict where it has been told at another instant than this since.</summary>
/// <param name="Before">Null: never.</param>
public sealed record AnchoredChange(DateTimeOffset? Before, DateTimeOffset At);
