using System.Diagnostics.Metrics;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Infrastructure.Observability;

/// <summary>What became of requests, votes, grants, messages and webhooks; counted by the replica that saved it.</summary>
internal sealed class OutcomeMetrics
{
    public const string MeterName = "ChatGovernance.Outcomes";
    public const string Requests = "chatgovernance.requests";
    public const string Votes = "chatgovernance.votes";
    public const string Grants = "chatgovernance.grants";
    public const string Messages = "chatgovernance.messages";
    public const string DeadWebhooks = "chatgovernance.webhooks.dead";

    private readonly Counter<long> requests;
    private readonly Counter<long> votes;
    private readonly Counter<long> grants;
    private readonly Counter<long> messages;
    private readonly Counter<long> deadWebhooks;

    public OutcomeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        requests = meter.CreateCounter<long>(Requests, "{request}", "Requests received, and those that have their outcome, by it.");
        votes = meter.CreateCounter<long>(Votes, "{vote}", "Votes cast, and what became of them.");
        grants = meter.CreateCounter<long>(Grants, "{grant}", "Grants confirmed, failed, and ended, those by reason.");
        messages = meter.CreateCounter<long>(Messages, "{message}", "Tries to bring a message to people or to the audit channel, by what came of them.");
        deadWebhooks = meter.CreateCounter<long>(DeadWebhooks, "{event}", "Events that a webhook will never be told, by target and why.");
    }

    /// <param name="changes">They were saved.</param>
    public void Count(Changes changes)
    {
        foreach (var entry in changes.Audit)
            Count(entry, changes);
        if (changes.Card is { } card)
            CountMessage(card.Key.Audience, card.Dead is not null, changes.Release);
        if (changes.Note is { } note)
            CountMessage(note.Note.Audience, note.Dead is not null, changes.Release);
        if (changes.Webhook is { Dead: { } why } webhook)
            deadWebhooks.Add(1, new("target", webhook.Event.Target), new("why", why));
    }

    private void Count(AuditEntry entry, Changes changes)
    {
        switch (entry.Kind)
        {
            case AuditKind.RequestReceived:
                Add(requests, "received");
                break;
            case AuditKind.RequestApproved:
                Add(requests, "approved");
                break;
            case AuditKind.RequestDenied:
                Add(requests, "denied");
                break;
            case AuditKind.RequestCancelled:
                Add(requests, "cancelled");
                break;
            case AuditKind.RequestLapsed:
                Add(requests, "lapsed");
                break;
            case AuditKind.RequestRefused:
                Add(requests, "refused");
                break;
            case AuditKind.VoteCast:
                Add(votes, "cast");
                break;
            case AuditKind.VoteCounted:
                Add(votes, "counted");
                break;
            case AuditKind.VoteDropped:
                Add(votes, "dropped");
                break;
            case AuditKind.VoteRefused:
                Add(votes, "refused");
                break;
            case AuditKind.GrantActive:
                Add(grants, "active");
                break;
            case AuditKind.GrantFailed:
                Add(grants, "failed");
                break;
            case AuditKind.GrantEnded:
                grants.Add(1, new("outcome", "ended"), new("why", WhyEnded(entry, changes)));
                break;
        }
    }

    private void CountMessage(Audience audience, bool dead, Release? release)
    {
        // What is saved on the way (an attempt that begins) is no outcome yet.
        if (release is null)
            return;
        var outcome = dead ? "given-up" : release is Release.Done ? "shown" : "later";
        messages.Add(1, new("audience", audience is Audience.AuditChannel ? "audit" : "person"), new("outcome", outcome));
    }

    private static string WhyEnded(AuditEntry entry, Changes changes) =>
        changes.Entitlement?.Value.Grants.FirstOrDefault(grant => entry.Facts.GetValueOrDefault("grant") == grant.Id.ToString())?.State is GrantState.Ended ended
            ? ended.Why.ToString()
            : "unknown";

    private static void Add(Counter<long> counter, string outcome) => counter.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
