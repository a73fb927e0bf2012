using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Audit;

/// <summary>Audit rows about questions: those that were not answered, and those about other people.</summary>
internal static class InquiryAudit
{
    public static AuditEntry Refused(Actor by, string what, Refusal why, DateTimeOffset now) => new()
    {
        Kind = AuditKind.InquiryRefused,
        Subject = Subject.System,
        At = now,
        Facts = new Dictionary<string, string> { ["account"] = by.ToString(), ["what"] = what, ["why"] = why.GetType().Name },
        Personal = new Dictionary<string, string> { ["sentence"] = Sentences.For(why) },
    };

    /// <summary>By somebody who showed a token.</summary>
    public static AuditEntry Looked(Look look, DateTimeOffset now)
    {
        var answered = Answered(new Actor.Caller(look.By), look.What, look.Target, now);
        return look.Person is { } person ? answered with { Facts = new Dictionary<string, string>(answered.Facts) { ["person"] = person.Value } } : answered;
    }

    public static AuditEntry Answered(Actor by, string what, TargetId? about, DateTimeOffset now) => new()
    {
        Kind = AuditKind.InquiryAnswered,
        Subject = about is { } target ? Subject.Of(target) : Subject.System,
        At = now,
        Facts = about is { } of
            ? new Dictionary<string, string> { ["account"] = by.ToString(), ["what"] = what, ["target"] = of.ToString() }
            : new Dictionary<string, string> { ["account"] = by.ToString(), ["what"] = what },
    };
}
