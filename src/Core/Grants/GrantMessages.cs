using ChatGovernance.Core.Chat;

namespace ChatGovernance.Core.Grants;

/// <summary>What the holder is told, each once.</summary>
public static class GrantMessages
{
    public static ChatMessage Granted(Entitlement entitlement, Grant grant) => new()
    {
        Title = $"Granted: you now have {entitlement.TargetName}",
        Lines = ["Keycloak has confirmed it. Log in again where you do not see it yet."],
        Facts = grant.EndsAt is { } end ? [new Fact("Ends", end)] : [new Fact("Ends", "never")],
    };

    public static ChatMessage Extended(Entitlement entitlement, DateTimeOffset end) => new()
    {
        Title = $"Extended: you have {entitlement.TargetName} for longer",
        Facts = [new Fact("Ends", end)],
    };

    public static ChatMessage Reminder(Entitlement entitlement, Grant grant, DateTimeOffset now)
    {
        var end = grant.EndsAt ?? throw new InvalidOperationException("Nothing to be reminded of.");
        var kept = entitlement switch
        {
            { Tenure.HeldBefore: true } => "You held it before, so it is not taken away: only this grant ends.",
            _ when entitlement.IsNeededAfter(grant) => "Another grant of the same access goes on for longer, so it is not taken away: only this grant ends.",
            _ => null,
        };
        return new ChatMessage
        {
            Title = $"Your {(kept is null ? "access to" : "grant of")} {entitlement.TargetName} ends in {Sentences.Span(end - now)}",
            Lines = [kept ?? "It is taken away by itself. If you need it for longer, ask for that before it ends."],
            Facts = [new Fact("Ends", end)],
            Actions = [new ChatAction("Extend", new ChatIntent.Extend(grant.Request)), new ChatAction("Give back", new ChatIntent.Return(grant.Request))],
        };
    }

    public static ChatMessage Ended(Entitlement entitlement, GrantState.Ended ended) => new()
    {
        Title = ended.Outcome is EndOutcome.Removed or EndOutcome.AlreadyGone
            ? $"Your access to {entitlement.TargetName} has ended"
            : $"Your grant of {entitlement.TargetName} has ended; you still have it",
        Lines = [$"Because {Sentences.For(ended.Why)}. {Sentences.For(ended.Outcome)}"],
    };

    public static ChatMessage Failed(Entitlement entitlement, GrantState.Failed failed) => new()
    {
        Title = $"You did not get {entitlement.TargetName}",
        Lines = [Sentences.For(failed.Why), "Ask again with /request-access once this is settled."],
    };
}
