using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Core.Grants;

/// <summary>
/// The pair of a person and a target, with the grants that are not over and the tenure in which we manage it.
/// Pure: what must be fresh comes in as an argument.
/// </summary>
public sealed record Entitlement
{
    /// <summary>A grant that could not be made for so long fails visibly.</summary>
    public static readonly TimeSpan StartLimit = TimeSpan.FromHours(24);

    /// <summary>How often the facts under a live grant are read again.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromHours(24);

    public required EntitlementId Id { get; init; }

    public required PersonRef Person { get; init; }

    public required TargetId Target { get; init; }

    public required string TargetName { get; init; }

    /// <summary>Null while nothing of ours is there to manage.</summary>
    public Tenure? Tenure { get; init; }

    /// <summary>Those that are not over, oldest first; one that has just ended stays in until it is saved.</summary>
    public required IReadOnlyList<Grant> Grants { get; init; }

    /// <summary>When access taken in an emergency was denied: it is not taken so again until the security team allows it.</summary>
    public DateTimeOffset? EmergencyDeniedAt { get; init; }

    /// <summary>Set while the directory keeps the next step waiting.</summary>
    public Retry? Retry { get; init; }

    /// <summary>What is to be done now. Ends begin before anything else; a grant is made before another one's end is finished, unless it cannot be made now.</summary>
    public Step Next(DateTimeOffset now)
    {
        if (Grants.FirstOrDefault(g => g.EndsAt <= now) is { } over)
            return new Step.BeginEnd(over);
        if (Grants.FirstOrDefault(g => g.State is GrantState.Active && g.RemindAt <= now) is { } near)
            return new Step.Remind(near);

        if (Retry is null || Retry.NotBefore <= now)
        {
            var wanted = Grants.FirstOrDefault(g => MayStart(g, now));
            var ending = Grants.FirstOrDefault(g => g.State is GrantState.Ending);
            // A grant that cannot be made does not keep what has ended in place: after a try in vain they take turns.
            if (ending is not null && (wanted is null || Retry is { Tries: var tries } && tries % 2 == 1))
                return new Step.FinishEnd(ending);
            if (wanted is not null)
                return new Step.Provision(wanted);
        }

        if (Grants.FirstOrDefault(g => g.State is GrantState.Active && g.CheckAt <= now) is { } stale)
            return new Step.Check(stale);
        return new Step.Idle();
    }

    /// <summary>When <see cref="Next"/> will have something to do; null when nothing is left.</summary>
    public DateTimeOffset? DueAt
    {
        get
        {
            var times = new List<DateTimeOffset>();
            foreach (var grant in Grants)
            {
                switch (grant.State)
                {
                    case GrantState.Waiting:
                        times.Add(Later(grant.Length is Requests.AccessLength.Window window ? window.From : DateTimeOffset.MinValue));
                        break;
                    case GrantState.Started started:
                        times.Add(Later(DateTimeOffset.MinValue));
                        Add(started.EndsAt);
                        break;
                    case GrantState.Ending:
                        times.Add(Later(DateTimeOffset.MinValue));
                        break;
                    case GrantState.Active active:
                        Add(active.EndsAt);
                        Add(grant.RemindAt);
                        Add(grant.CheckAt);
                        break;
                }
            }

            return times.Count == 0 ? null : times.Min();

            void Add(DateTimeOffset? at)
            {
                if (at is { } time)
                    times.Add(time);
            }

            DateTimeOffset Later(DateTimeOffset at) => Retry is { } retry && retry.NotBefore > at ? retry.NotBefore : at;
        }
    }

    public Entitlement With(Grant grant) => this with
    {
        Grants = Grants.Any(g => g.Id == grant.Id) ? [.. Grants.Select(g => g.Id == grant.Id ? grant : g)] : [.. Grants, grant],
    };

    /// <summary>Another grant still needs the target.</summary>
    public bool IsNeededBesides(Grant grant) => Grants.Any(g => g.Id != grant.Id && g.State.IsLive);

    /// <summary>As far as is known now, another grant still needs the target when this one ends.</summary>
    public bool IsNeededAfter(Grant grant) =>
        Grants.Any(g => g.Id != grant.Id && g.State.IsLive && (g.EndsAt is not { } end || end > grant.EndsAt));

    /// <summary>
    /// The same outcome for each grant whose end has begun; the tenure closes unless another grant is live.
    /// A grant that was never confirmed has failed, not ended.
    /// </summary>
    public Entitlement Finish(EndOutcome outcome, IReadOnlyList<string>? residualPaths, DateTimeOffset now)
    {
        var grants = Grants.Select(g => g.State is not GrantState.Ending ending ? g : g with
        {
            State = ending.Why == EndReason.NeverConfirmed
                ? new GrantState.Failed(new GrantFailure.OutOfTime(Retry?.Why), now)
                : new GrantState.Ended(ending.Why, outcome, now, residualPaths),
        }).ToList();
        return this with { Grants = grants, Retry = null, Tenure = grants.Exists(g => g.State.IsLive) ? Tenure : null };
    }

    /// <summary>The next try after one that brought nothing: soon at first, at most every five minutes.</summary>
    public Entitlement TryLater(Doubt why, DateTimeOffset now) => this with { Retry = Retry.After(Retry, why, now) };

    private static bool MayStart(Grant grant, DateTimeOffset now) => grant.State switch
    {
        GrantState.Waiting => grant.Length is not Requests.AccessLength.Window window || window.From <= now,
        GrantState.Started => true,
        _ => false,
    };
}

/// <summary>What an entitlement needs next.</summary>
public abstract record Step
{
    private protected Step()
    {
    }

    public sealed record BeginEnd(Grant Grant) : Step;

    public sealed record Remind(Grant Grant) : Step;

    public sealed record Provision(Grant Grant) : Step;

    public sealed record FinishEnd(Grant Grant) : Step;

    public sealed record Check(Grant Grant) : Step;

    public sealed record Idle : Step;
}
