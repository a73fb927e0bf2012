using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.WebApi;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Slack;

/// <summary>Who the token is: asked once, and kept.</summary>
internal sealed class SlackTeam(SlackCaller slack, IOptions<SlackOptions> options)
{
    private AuthAnswer? known;

    public async Task<ApiResult<AuthAnswer>> Read(CancellationToken ct)
    {
        if (known is { } before)
            return new ApiResult<AuthAnswer>.Done(before);

        var result = await slack.Call(ApiMethod.AuthTest, null, (api, stop) => api.AuthTest(stop), ct);
        if (result is ApiResult<AuthAnswer>.Done { Answer.TeamId: null, Answer.EnterpriseId: null })
            return new ApiResult<AuthAnswer>.Garbage();
        if (result is ApiResult<AuthAnswer>.Done done)
            known = done.Answer;
        return result;
    }

    /// <summary>Ids of the workspaces and organizations whose people are served.</summary>
    public async Task<ApiResult<IReadOnlySet<string>>> ReadServed(CancellationToken ct)
    {
        if (options.Value.Workspaces.Count > 0)
            return new ApiResult<IReadOnlySet<string>>.Done(options.Value.Workspaces.ToHashSet(StringComparer.Ordinal));

        var result = await Read(ct);
        return result.As(IReadOnlySet<string> (own) => new[] { own.TeamId, own.EnterpriseId }.OfType<string>().ToHashSet(StringComparer.Ordinal));
    }
}
