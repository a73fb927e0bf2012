namespace ChatGovernance.Core;

/// <summary>
/// What a look outside brought: a value, the proved absence of the thing, or nothing that can be relied on.
/// <see cref="Unknown"/> never grants, ends or removes anything; it is asked again.
/// </summary>
public abstract record Reading<T>
{
    private protected Reading()
    {
    }

    public sealed record Known(T Value) : Reading<T>;

    /// <summary>The thing is gone, and the same attempt proved that we would have seen it.</summary>
    public sealed record Absent : Reading<T>;

    public sealed record Unknown(Doubt Why) : Reading<T>;

    /// <summary>Goes on with a value; absence and doubt pass through.</summary>
    public Reading<TOther> Select<TOther>(Func<T, TOther> then) => this switch
    {
        Known known => new Reading<TOther>.Known(then(known.Value)),
        Absent => new Reading<TOther>.Absent(),
        Unknown unknown => new Reading<TOther>.Unknown(unknown.Why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>Why a look outside brought nothing to rely on.</summary>
public enum Doubt
{
    /// <summary>No answer in time, or a server error.</summary>
    Away,

    /// <summary>The service account may not see or do this.</summary>
    Forbidden,

    /// <summary>The service account itself was turned away (401).</summary>
    Unauthorized,

    /// <summary>An answer that makes no sense, or contradicts another one of the same attempt.</summary>
    Unreadable,

    /// <summary>The server answers for another realm than the one this deployment has known.</summary>
    OtherRealm,

    /// <summary>It is gone, and so is most of what other grants rest on.</summary>
    MuchIsGone,

    /// <summary>Nothing is in doubt, but the security team has stopped all new access.</summary>
    Frozen,

    /// <summary>The chat platform does not say who an account is.</summary>
    ChatAway,

    /// <summary>The change was answered, but reading back does not show it.</summary>
    NotConfirmed,
}
