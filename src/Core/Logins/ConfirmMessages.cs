using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Logins;

internal static class ConfirmMessages
{
    /// <summary>To the one who decided, alone.</summary>
    public static Note Offer(AccessRequest request, Vote vote, Login login) => new()
    {
        Key = $"confirm:{vote.Id:N}",
        Subject = Subject.Of(request.Id),
        Audience = new Audience.Person(login.Account),
        Message = new ChatMessage
        {
            Title = $"Log in to confirm: {(vote.Choice == Choice.Approve ? "approve" : "deny")} {request.TargetName} for {Sentences.Beneficiary(request)}",
            Lines = [$"The risk of this access is high, so your decision counts once you have logged in to Keycloak again. Do so before {login.ExpiresAt.UtcDateTime:HH:mm} UTC, or decide anew."],
            Actions = [new ChatAction("Log in to confirm", new ChatIntent.Confirm(login.Id), ActionStyle.Primary)],
        },
    };
}
