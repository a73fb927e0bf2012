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
    public static AuditEntry Refused(ChatAccount by, Inquiry what, Refusal why, DateTimeOffset now) => new()
    {
        Kind = AuditKind.InquiryRefused,
        Subject = Subject.System,
        At = now,
        Facts = new Dictionary<string, string> { ["account"] = by.ToString(), ["what"] = what.Name, ["why"] = why.GetType().Name },
        Personal = new Dictionary<string, string> { ["sentence"] = Sentences.For(why) },
    };

    public static AuditEntry Answered(ChatAccount by, Inquiry what, TargetId about, DateTimeOffset now) => new()
    {
        Kind = AuditKind.InquiryAnswered,
        Subject = Subject.Of(about),
        At = now,
        Facts = new Dictionary<string, string> { ["account"] = by.ToString(), ["what"] = what.Name, ["target"] = about.ToString() },
    };
}
