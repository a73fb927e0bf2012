namespace ChatGovernance.Core.Webhooks;

/// <summary>An event that was given up.</summary>
/// <param name="Id">In the order in which they happened.</param>
/// <param name="Target">The receiver's name.</param>
/// <param name="Number">Of the audit's row that it is about.</param>
public sealed record DeadWebhook(long Id, string Target, string EventId, long Number);
