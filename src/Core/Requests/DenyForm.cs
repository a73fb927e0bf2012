using ChatGovernance.Core.Chat;

namespace ChatGovernance.Core.Requests;

/// <summary>Asks for the reason of a denial; sending it is the vote.</summary>
public static class DenyForm
{
    public const int ReasonMaximum = 500;

    public static ChatForm For(FormId id, AccessRequest request) => new()
    {
        Id = id,
        Purpose = new FormPurpose.Deny(request.Id),
        Title = "Deny access",
        Submit = "Deny",
        Parts =
        [
            new FormPart.Words($"{Sentences.Beneficiary(request)} will not get {request.TargetName}."),
            new FormPart.TextField(Fields.Reason, "Why?", "The requester and the security team read it.", ReasonMaximum, Multiline: true, Optional: true),
        ],
    };

    public static ChatForm TooLate(FormId id, string why) => new() { Id = id, Purpose = new FormPurpose.Ask(), Title = "Deny access", Parts = [new FormPart.Words(why)] };
}
