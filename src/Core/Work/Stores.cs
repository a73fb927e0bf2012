using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Work;

public interface IRequests
{
    Task<Versioned<AccessRequest>?> Load(RequestId id, CancellationToken ct);

    /// <summary>Pending ones, the oldest first; at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<AccessRequest>> Pending(int max, CancellationToken ct);

    /// <summary>The open request of this beneficiary for this target, if there is one.</summary>
    Task<RequestId?> FindOpen(PersonId beneficiary, TargetId target, CancellationToken ct);

    /// <summary>Open requests that this person filed on behalf of somebody else.</summary>
    Task<int> CountOpenForOthers(PersonId filer, CancellationToken ct);
}

public interface IEntitlements
{
    Task<Versioned<Entitlement>?> Load(EntitlementId id, CancellationToken ct);

    /// <summary>Null: there has never been one.</summary>
    Task<Versioned<Entitlement>?> Find(PersonId person, TargetId target, CancellationToken ct);

    /// <summary>The pair that a request led to a grant of, over or not; null: it led to none.</summary>
    Task<Versioned<Entitlement>?> FindOf(RequestId request, CancellationToken ct);

    /// <summary>The grant that came of a request, over or not; null before there is one.</summary>
    Task<HeldGrant?> FindGrant(RequestId request, CancellationToken ct);

    /// <summary>Live grants of these targets are checked at once.</summary>
    Task CheckSoon(IReadOnlyCollection<TargetId> targets, DateTimeOffset now, CancellationToken ct);

    /// <summary>The same for these entitlements.</summary>
    Task CheckSoon(IReadOnlyCollection<EntitlementId> ids, DateTimeOffset now, CancellationToken ct);

    /// <summary>Pairs that have a grant which is not over, of this person or of this target.</summary>
    Task<IReadOnlyList<EntitlementId>> WithGrants(PersonId? person, TargetId? target, CancellationToken ct);

    /// <summary>Grants of this person whose change may be out and whose end has not begun.</summary>
    Task<IReadOnlyList<BegunGrant>> BegunGrants(PersonId person, CancellationToken ct);

    /// <summary>Whether any grant is confirmed and not over.</summary>
    Task<bool> HasLiveGrants(CancellationToken ct);

    /// <summary>Confirmed grants that are not over, of any of these people, targets, or targets called so.</summary>
    Task<IReadOnlyList<LiveGrant>> FindLive(
        IReadOnlyCollection<PersonId> people, IReadOnlyCollection<TargetId> targets, IReadOnlyCollection<string> targetNames, CancellationToken ct);

    /// <summary>Targets for which a grant is live.</summary>
    Task<IReadOnlyList<TargetId>> TargetsWithLiveGrants(CancellationToken ct);

    /// <summary>Some people who have a grant that is not over; at most <paramref name="max"/>.</summary>
    /// <param name="except">Not this one.</param>
    Task<IReadOnlyList<PersonId>> PeopleWithGrants(PersonId? except, int max, CancellationToken ct);

    /// <summary>Some targets of which a grant is not over; at most <paramref name="max"/>.</summary>
    /// <param name="except">Not this one.</param>
    Task<IReadOnlyList<TargetId>> TargetsWithGrants(TargetId? except, int max, CancellationToken ct);
}

public interface ICards
{
    Task<Card?> Load(long id, CancellationToken ct);

    Task<Card?> Find(CardKey key, CancellationToken ct);

    /// <summary>The card whose message is there; null: none that is known.</summary>
    Task<Card?> At(ChatPlace place, CancellationToken ct);

    /// <summary>Cards that were given up because this account could not be reached.</summary>
    Task<IReadOnlyList<Card>> GivenUp(Audience audience, int max, CancellationToken ct);

    /// <summary>Accounts that have a card of this purpose about this subject.</summary>
    Task<IReadOnlyList<Audience>> AudiencesOf(Subject subject, CardPurpose purpose, CancellationToken ct);
}

public interface INotes
{
    Task<PendingNote?> Load(long id, CancellationToken ct);

    /// <summary>
    /// Notes of the same audience and thread that come after it, are neither said nor given up, and were tried as it was: with the same
    /// key, or not at all. In their order, at most <paramref name="max"/>.
    /// </summary>
    Task<IReadOnlyList<PendingNote>> After(PendingNote note, int max, CancellationToken ct);
}

public interface IMatches
{
    /// <summary>Everybody ever matched to this account, what was proved last first; a decision proves it again.</summary>
    Task<IReadOnlyList<Match>> Of(ChatAccount account, CancellationToken ct);

    /// <summary>Every chat account ever matched to this person.</summary>
    Task<IReadOnlyList<Match>> Of(PersonId person, CancellationToken ct);
}

/// <summary>What this deployment knows of itself.</summary>
public interface IDeployment
{
    /// <summary>The realm id that was read first; remembers <paramref name="realmId"/> when there is none.</summary>
    Task<string> KnownRealm(string realmId, CancellationToken ct);

    /// <summary>Since when an alarm has been raised; null: it is not.</summary>
    Task<DateTimeOffset?> RaisedAt(Alarm alarm, CancellationToken ct);

    /// <summary>When the audit's head was last told outside; null: never.</summary>
    Task<DateTimeOffset?> AnchoredAt(CancellationToken ct);

    /// <summary>The text of the last good policy file; empty: there was none, or none holds any more.</summary>
    Task<string> Policy(CancellationToken ct);
}

/// <summary>What a person's own page shows.</summary>
public interface IOverview
{
    /// <summary>Grants that are not over, soonest end first; at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<HeldGrant>> Held(PersonId person, int max, CancellationToken ct);

    /// <summary>Filed by or for this person or from this account: open ones first, then the newest; at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<AccessRequest>> Requests(ChatAccount account, PersonId? person, int max, CancellationToken ct);

    /// <summary>Who has, or is being given, a target, with the grants that are not over, by name; at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<Entitlement>> Holders(TargetId target, int max, CancellationToken ct);

    /// <summary>For targets that were asked for since then: for whom more often than for all others together, and twice at least.</summary>
    Task<IReadOnlyDictionary<TargetId, PersonId>> UsualBeneficiaries(DateTimeOffset since, CancellationToken ct);

    /// <summary>Pending requests that this account was asked to decide, oldest first; at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<AccessRequest>> Waiting(ChatAccount account, int max, CancellationToken ct);
}

/// <param name="Retry">Of its entitlement, so also of another grant's step.</param>
public sealed record HeldGrant(string TargetName, Grant Grant, Retry? Retry);

/// <param name="SentAt">When its change may first have gone out; null for one that is confirmed: it came before any that is not.</param>
public sealed record BegunGrant(GrantId Id, TargetId Target, DateTimeOffset? SentAt);

/// <param name="CheckedAt">As in <see cref="Grant.CheckedAt"/>.</param>
public sealed record LiveGrant(EntitlementId Entitlement, PersonId Person, TargetId Target, string TargetName, DateTimeOffset? CheckedAt);
