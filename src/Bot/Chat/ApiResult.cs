namespace ChatGovernance.Bot.Chat;

/// <summary>What a call of a chat platform brought.</summary>
internal abstract record ApiResult<T>
{
    private protected ApiResult()
    {
    }

    public sealed record Done(T Answer) : ApiResult<T>;

    /// <summary>The platform said no.</summary>
    public sealed record Refused(string Code) : ApiResult<T>;

    /// <summary>Not done: the platform asks to wait, or our own pace does.</summary>
    public sealed record TooMany(TimeSpan Wait) : ApiResult<T>;

    /// <summary>No connection came about: it was not sent.</summary>
    public sealed record NotSent : ApiResult<T>;

    /// <summary>Sent, and no answer came in time, or one that does not say: it may have been done.</summary>
    public sealed record NoAnswer : ApiResult<T>;

    /// <summary>An answer that is none of the platform's: it may have been done.</summary>
    public sealed record Garbage : ApiResult<T>;

    /// <summary>As metrics have it.</summary>
    public string Word => this switch
    {
        Done => "done",
        Refused => "refused",
        TooMany => "too-many",
        NotSent => "not-sent",
        NoAnswer => "no-answer",
        Garbage => "garbage",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The same for a call that asked for something else.</summary>
    public ApiResult<TOther> As<TOther>(Func<T, TOther> then) => this switch
    {
        Done done => new ApiResult<TOther>.Done(then(done.Answer)),
        Refused refused => new ApiResult<TOther>.Refused(refused.Code),
        TooMany tooMany => new ApiResult<TOther>.TooMany(tooMany.Wait),
        NotSent => new ApiResult<TOther>.NotSent(),
        NoAnswer => new ApiResult<TOther>.NoAnswer(),
        Garbage => new ApiResult<TOther>.Garbage(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
