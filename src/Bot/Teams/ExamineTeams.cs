using ChatGovernance.Bot.Teams.Connector;
using ChatGovernance.Core.Health;
using ChatGovernance.Infrastructure.Conversations;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Teams;

/// <summary>Whether the app's credentials hold, Teams can be told from others, and the bot is where the audit is read.</summary>
internal sealed class ExamineTeams(BotToken token, ConnectorTokens connector, IConversations conversations, IOptions<TeamsOptions> options) : IExaminer
{
    private const string Token = "token";
    private const string Keys = "keys";
    private const string Audit = "audit conversation";

    public string Part => "Teams";

    public async Task<IReadOnlyList<Check>> Examine(CancellationToken ct) => [await OfToken(ct), await OfKeys(ct), await OfAudit(ct)];

    private async Task<Check> OfToken(CancellationToken ct)
    {
        if (options.Value.Anonymous)
            return Check.Warning(Token, "Calls are taken without any proof of who sends them (Teams:Anonymous).", "Set Teams:AppId, Teams:AppPassword and Teams:TenantId instead; this is for development alone.");
        return await token.Get(ct) is not null
            ? Check.Ok(Token, "The app's credentials are taken.")
            : Check.Failed(Token, "The app's credentials bring no token.", "Check Teams:AppId, Teams:AppPassword and Teams:TenantId, and whether login.microsoftonline.com can be reached from here.");
    }

    private async Task<Check> OfKeys(CancellationToken ct) => options.Value.Anonymous || await connector.KnowsKeys(ct)
        ? Check.Ok(Keys, "What Teams sends can be told from what others send.")
        : Check.Failed(Keys, "The Bot Connector's keys cannot be read, so everything that Teams sends is turned away.", "Check whether login.botframework.com can be reached from here, or Teams:OpenIdMetadataUrl.");

    private async Task<Check> OfAudit(CancellationToken ct) => options.Value.AuditConversation switch
    {
        null or "" => Check.Warning(Audit, "Teams:AuditConversation is not set: the audit is not mirrored in Teams.", "Install the app where the security team reads, and set it to that conversation's id."),
        var id when await conversations.Find(id, ct) is not { EndedAt: null } => Check.Warning(Audit, "The bot has not been met there yet, so nothing can be said there.", "Install the app in that team or chat; if it is there, mention the bot once."),
        _ => Check.Ok(Audit, "The bot is where the audit is read."),
    };
}
