using ChatGovernance.Core.Chat;

namespace ChatGovernance.Core.Requests;

/// <summary>Asks for the reason of a denial; sending it is the vote.</summary>
public static class DenyForm
{
    /// <summary>In characters (Unicode scalar values): a platform that counts UTF-16 units lets less through, never more.</summary>
    public const int ReasonMaximum = 500;

    /// <summary>What is wrong with the reason as it was sent; null: nothing.</summary>
    public static FieldError? Check(string reason) => reason.EnumerateRunes().Count() > ReasonMaximum
        ? new FieldError(Fields.Reason, Sentences.For(new Refusal.ReasonTooLong(ReasonMaximum)))
        : null;

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
