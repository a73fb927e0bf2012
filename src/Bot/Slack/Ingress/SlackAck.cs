using ChatGovernance.Bot.Chat;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>What Slack is answered.</summary>
internal sealed record SlackAck(Acknowledged How, IResult Answer);
