using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Slack.WebApi;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Health;
using ChatGovernance.Core.People;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Slack;

/// <summary>Whether Slack takes the tokens, with the scopes that are needed, and the bot reads and writes in the audit channel.</summary>
internal sealed class ExamineSlack(SlackCaller slack, SlackConversations conversations, IOptions<SlackOptions> options, PeopleOptions people) : IExaminer
{
    // https://docs.slack.dev/authentication/using-token-rotation: every answer lists what its token may do
    private const string ScopesHeader = "x-oauth-scopes";

    private const string Token = "token";
    private const string Scopes = "scopes";
    private const string Channel = "audit channel";
    private const string Sockets = "Socket Mode";

    public string Part => "Slack";

    public async Task<IReadOnlyList<Check>> Examine(CancellationToken ct)
    {
        IReadOnlyList<string>? scopes = null;
        var answered = await slack.Call(ApiMethod.AuthTest, null, async (api, stop) =>
        {
            var response = await api.AuthTest(stop);
            if (response.ResponseMessage.Headers.TryGetValues(ScopesHeader, out var values))
                scopes = [.. values.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
            return response;
        }, ct);
        if (answered is not ApiResult<AuthAnswer>.Done)
            return [OfToken(answered)];

        List<Check> checks = [OfToken(answered), .. OfScopes(scopes), OfChannel(await conversations.Read(options.Value.AuditChannel!, ct))];
        if (options.Value.TakesSockets)
            checks.Add(OfSockets(await slack.Call(ApiMethod.OpenConnection, null, (api, stop) => api.OpenConnection($"Bearer {options.Value.AppToken}", stop), ct)));
        return checks;
    }

    private static Check OfToken(ApiResult<AuthAnswer> answered) => answered switch
    {
        ApiResult<AuthAnswer>.Done { Answer: { TeamId: null, EnterpriseId: null } } => Check.Failed(Token, "What answers is not Slack.", "Check Slack:ApiUrl."),
        ApiResult<AuthAnswer>.Done done => Check.Ok(Token, $"Slack takes it (workspace {done.Answer.EnterpriseId ?? done.Answer.TeamId})."),
        ApiResult<AuthAnswer>.Refused refused => Check.Failed(Token, $"Slack does not take it: {refused.Code}.", "Set Slack:BotToken to the Bot User OAuth Token of the app (OAuth & Permissions)."),
        _ => NotAnswered(Token),
    };

    private IEnumerable<Check> OfScopes(IReadOnlyList<string>? scopes)
    {
        if (scopes is null)
            return [Check.Unknown(Scopes, "Slack does not say which scopes the token has.", "Compare them with manifests/slack-app.yaml (OAuth & Permissions).")];

        string[] optional = people.Sources.Contains(IdentitySource.VerifiedEmail) ? [] : [SlackScopes.Email];
        var missing = SlackScopes.Needed.Except(optional).Except(scopes).ToList();
        var excess = scopes.Except(SlackScopes.Needed).ToList();
        return
        [
            missing.Count > 0 ? Check.Failed(Scopes, $"The token lacks {Sentences.List(missing, 12)}.", "Add them to the app (manifests/slack-app.yaml has all), and install it again.")
            : excess.Count > 0 ? Check.Warning(Scopes, $"The token has {Sentences.List(excess, 12)}, which the bot does not need.", "Take them out of the app, and install it again.")
            : Check.Ok(Scopes, "The token has the scopes that it needs, and no more."),
        ];
    }

    private Check OfChannel(ApiResult<ConversationRow> found)
    {
        var name = options.Value.AuditChannel!;
        return found switch
        {
            ApiResult<ConversationRow>.Done { Answer.IsArchived: true } => Check.Failed(Channel, $"{name} is archived.", "Unarchive it, or set Slack:AuditChannel to another one."),
            ApiResult<ConversationRow>.Done { Answer.IsMember: true } => Check.Ok(Channel, $"The bot is in {name}."),
            ApiResult<ConversationRow>.Done { Answer.IsPrivate: true } => Check.Failed(Channel, $"The bot is not in {name}, which is private.", $"Invite it: /invite in {name}."),
            ApiResult<ConversationRow>.Done => Check.Ok(Channel, $"{name} is public: the bot joins it with its first message."),
            ApiResult<ConversationRow>.Refused { Code: "channel_not_found" } => Check.Failed(Channel, $"There is no channel {name} that the bot can see.", "Make it, invite the bot where it is private, or correct Slack:AuditChannel."),
            ApiResult<ConversationRow>.Refused refused => Check.Failed(Channel, $"Slack does not show {name}: {refused.Code}.", "See to the token's scopes, then look again."),
            _ => NotAnswered(Channel),
        };
    }

    private static Check OfSockets(ApiResult<ConnectionAnswer> answered) => answered switch
    {
        ApiResult<ConnectionAnswer>.Done { Answer.Url.Length: > 0 } => Check.Ok(Sockets, "A connection can be opened."),
        ApiResult<ConnectionAnswer>.Refused refused => Check.Failed(Sockets, $"No connection can be opened: {refused.Code}.", "Switch Socket Mode on for the app, and set Slack:AppToken to an app-level token with connections:write."),
        _ => NotAnswered(Sockets),
    };

    private static Check NotAnswered(string name) => Check.Failed(name, "Slack does not answer.", "Check whether slack.com can be reached from here (or Slack:ApiUrl).");
}
