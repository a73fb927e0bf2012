using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Tests.Persistence;

internal static class AuditSamples
{
    public static AuditEntry Entry(DateTimeOffset at, string kind = AuditKind.VoteCast, string reason = "Ärger mit \"Import\" 🔥\n") => new()
    {
        Kind = kind,
        Subject = Subject.Of(new Core.Requests.RequestId(Samples.Id(1))),
        At = at,
        Facts = new Dictionary<string, string> { ["vote"] = "1", ["choice"] = "approve" },
        Personal = new Dictionary<string, string> { ["reason"] = reason, ["by"] = "Bob" },
    };
}
