namespace ChatGovernance.Core.Grants;

/// <summary>Where a grant stands. An end is stored from the moment at which the first change may have been sent.</summary>
public abstract record GrantState
{
    private protected GrantState()
    {
    }

    /// <param name="StartBy">It fails visibly when it could not be made by then.</param>
    public sealed record Waiting(DateTimeOffset StartBy) : GrantState;

    /// <summary>The change may have been sent and is not confirmed.</summary>
    /// <param name="EndsAt">Null: without end.</param>
    /// <param name="Since">When it was first confirmed, where it is given again with the same end; null: never yet.</param>
    public sealed record Started(DateTimeOffset SentAt, DateTimeOffset StartBy, DateTimeOffset? EndsAt, DateTimeOffset? Since = null) : GrantState;

    /// <summary>Confirmed by a read-back.</summary>
    public sealed record Active(DateTimeOffset Since, DateTimeOffset? EndsAt) : GrantState;

    /// <param name="EndedAt">When it should have ended: its planned end, or what cut it short.</param>
    public sealed record Ending(EndReason Why, DateTimeOffset? Since, DateTimeOffset EndedAt) : GrantState;

    /// <param name="ResidualPaths">Other ways by which the person still has it; null when that could not be read.</param>
    public sealed record Ended(EndReason Why, EndOutcome Outcome, DateTimeOffset At, IReadOnlyList<string>? ResidualPaths) : GrantState;

    /// <summary>Never confirmed, and nothing of ours is left.</summary>
    public sealed record Failed(GrantFailure Why, DateTimeOffset At) : GrantState;

    /// <summary>Counts towards keeping the target: the change may be out, and its end has not begun.</summary>
    public bool IsLive => this is Started or Active;

    public bool IsOver => this is Ended or Failed;

    public string Name => this switch
    {
        Waiting => "waiting",
        Started => "started",
        Active => "active",
        Ending => "ending",
        Ended => "ended",
        Failed => "failed",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

public enum EndReason
{
    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Given back, revoked, or made impossible before its time.</summary>
    GivenBack,
    Revoked,
    PersonDisabled,
    PersonGone,
    TargetGone,

    /// <summary>It has come to bring the right to administer the realm.</summary>
    TargetAdministrative,

    /// <summary>The person is no longer one who may have it.</summary>
    NoLongerEligible,

    /// <summary>A rule, read fresh, speaks against what was begun.</summary>
    NoLongerAllowed,

    /// <summary>Taken in an emergency, and denied afterwards.</summary>
    Denied,

    /// <summary>Taken in an emergency, and nobody confirmed it in time.</summary>
    NotConfirmedInTime,

    /// <summary>Somebody else took the target away while the grant was live.</summary>
    RemovedOutside,

    /// <summary>It could not be confirmed, so what may have been sent is taken back.</summary>
    NeverConfirmed,

    /// <summary>A late removal of our own took it away, and it could not be given again.</summary>
    NotGivenAgain,
}

public enum EndOutcome
{
    /// <summary>We took it away, and read that it is gone.</summary>
    Removed,

    /// <summary>Another grant of the same person and target goes on.</summary>
    KeptForOtherGrant,

    /// <summary>Held before us: not ours to take away.</summary>
    KeptHeldBefore,

    /// <summary>Given again by somebody else meanwhile: not ours to take away.</summary>
    KeptAddedOutside,

    /// <summary>It was gone before we took it away.</summary>
    AlreadyGone,
}
