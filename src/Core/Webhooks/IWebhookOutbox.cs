using ChatGovernance.Core.Audit;

namespace ChatGovernance.Core.Webhooks;

/// <summary>What receivers are to be told of rows of the audit; it is stored in the same transaction.</summary>
public interface IWebhookOutbox
{
    /// <summary>Nobody is told anything.</summary>
    bool IsEmpty { get; }

    /// <summary>For the rows of one commit, in their order.</summary>
    IReadOnlyList<WebhookEvent> Write(IReadOnlyList<AuditRow> rows);
}
