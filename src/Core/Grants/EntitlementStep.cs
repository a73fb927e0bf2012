using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>One step of an entitlement, ready to be saved.</summary>
internal sealed record EntitlementStep(Entitlement Entitlement, Changes Changes)
{
    /// <summary>
    /// What the same attempt does next, as soon as this is saved; it rests on what the attempt has read, and is forgotten where
    /// somebody else has written meanwhile. Null: everything is read anew.
    /// </summary>
    public Func<CancellationToken, Task<EntitlementStep>>? Rest { get; init; }

    /// <summary>A step that only moves on, with an audit row about one grant.</summary>
    public static EntitlementStep Of(Entitlement entitlement, Grant grant, params IReadOnlyList<AuditEntry> audit) =>
        new(entitlement, new Changes { Touched = Touch(grant), Audit = audit });

    /// <summary>The directory gave nothing to rely on. Shown from the first time on; the security team is told when it lasts, and again every hour.</summary>
    public static EntitlementStep HeldUp(Entitlement entitlement, Grant grant, string step, Doubt why, DateTimeOffset now)
    {
        var before = entitlement.Retry;
        var waiting = entitlement.TryLater(why, now);
        var retry = waiting.Retry!;
        var alert = retry.IsWorthAnAlert(now);
        if (alert)
            waiting = waiting with { Retry = retry with { AlertedAt = now } };
        return new EntitlementStep(waiting, new Changes
        {
            Touched = before?.Why == why && !alert ? [] : Touch(grant),
            Audit = alert
                ?
                [
                    GrantAudit.Row(
                        AuditKind.GrantHeldUp, entitlement, grant, now,
                        ("step", step), ("why", Sentences.For(why)), ("tries", $"{retry.Tries}"), ("since", GrantAudit.Instant(retry.Since))),
                ]
                : [],
        });
    }

    /// <summary>Both in one commit; the other began where this one stopped.</summary>
    public EntitlementStep Then(EntitlementStep next) => new(next.Entitlement, Changes with
    {
        Touched = [.. Changes.Touched, .. next.Changes.Touched],
        Notes = [.. Changes.Notes, .. next.Changes.Notes],
        Audit = [.. Changes.Audit, .. next.Changes.Audit],
    });

    /// <summary>Whoever holds it is told once; nothing is told where there is no chat account.</summary>
    public EntitlementStep Telling(AccessRequest? request, string key, ChatMessage message) => request?.Filing.Holder is not { } account ? this : this with
    {
        Changes = Changes with
        {
            Touched = [.. Changes.Touched, new CardTouch(Subject.Of(account))],
            Notes = [.. Changes.Notes, new Note { Key = key, Subject = Subject.Of(request.Id), Audience = new Audience.Person(account), Message = message }],
        },
    };

    private static IReadOnlyList<CardTouch> Touch(Grant grant) => [new CardTouch(Subject.Of(grant.Request))];
}
