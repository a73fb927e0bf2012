namespace ChatGovernance.Bot.Slack.WebApi;

/// <summary>What a call brought.</summary>
internal abstract record ApiResult<T>
{
    private protected ApiResult()
    {
    }

    public sealed record Done(T Answer) : ApiResult<T>;

    /// <summary>Slack answered <c>ok: false</c>.</summary>
    public sealed record Refused(string Code) : ApiResult<T>;

    /// <summary>Not done: Slack asks to wait (429), or our own pace does.</summary>
    public sealed record TooMany(TimeSpan Wait) : ApiResult<T>;

    /// <summary>No connection came about: it was not sent.</summary>
    public sealed record NotSent : ApiResult<T>;

    /// <summary>Sent, and no answer came in time, or one that does not say: it may have been done.</summary>
    public sealed record NoAnswer : ApiResult<T>;

    /// <summary>An answer that is none of Slack's: it may have been done.</summary>
    public sealed record Garbage : ApiResult<T>;

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
