using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Grants;

/// <summary>
/// The security team stops all new access, and lifts that; requests, votes and grants that have not begun wait meanwhile. It also
/// lets somebody take in an emergency again what was denied.
/// </summary>
public sealed class FreezeAccess(Staff staff, FindPerson people, FindTarget targets, IEntitlements entitlements, IDeployment deployment, ICommits commits, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.SetFreeze command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var title = command.Frozen ? "Nothing was frozen" : "Nothing was lifted";
        switch (await staff.Admit(command.By, [Office.Security], ct))
        {
            case Admission.Refused refused:
                return await Tell(command.By, title, Sentences.For(refused.Why), delivery, lease, ct);
            case Admission.Unknown unknown:
                return await commits.Commit(PutOff.Changes(command.By, command.Frozen ? "Freezing has to wait" : "Lifting the freeze has to wait", unknown.Why, delivery, lease, now), ct);
            case Admission.Granted when await deployment.RaisedAt(Alarm.Frozen, ct) is not null == command.Frozen:
                return await Tell(command.By, title, command.Frozen ? "New access is frozen already." : "New access is not frozen.", delivery, lease, ct);
            case Admission.Granted by:
                return await commits.Commit(new Changes
                {
                    Under = lease,
                    Release = new Release.Done(),
                    Alarm = new AlarmChange(Alarm.Frozen, command.Frozen ? now : null),
                    Notes =
                    [
                        RequestChanges.Tell(
                            command.By, $"freeze:{delivery.Id}", Subject.Of(command.By),
                            command.Frozen ? "All new access is frozen" : "New access is possible again",
                            command.Frozen
                                ? "Requests are taken and wait, as do decisions and grants that have not begun. What is held goes on and ends on time. Lift it with /request-access unfreeze."
                                : "What waited goes on by itself within a minute or two."),
                    ],
                    Audit = [Row(command.Frozen ? AuditKind.AccessFrozen : AuditKind.AccessUnfrozen, Subject.System, by.Person, now)],
                }, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public async Task<CommitResult> Run(Command.AllowEmergency command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        switch (await staff.Admit(command.By, [Office.Security], ct))
        {
            case Admission.Refused refused:
                return await Tell(command.By, "Nothing was allowed", Sentences.For(refused.Why), delivery, lease, ct);
            case Admission.Unknown unknown:
                return await commits.Commit(PutOff.Changes(command.By, "Allowing it has to wait", unknown.Why, delivery, lease, now), ct);
            case Admission.Granted by:
                return await Allow(command, by.Person, delivery, lease, now, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<CommitResult> Allow(Command.AllowEmergency command, Person by, StoredDelivery delivery, Lease lease, DateTimeOffset now, CancellationToken ct)
    {
        var (person, target) = (await people.Run(command.Person, ct), await targets.Run(command.Target, beyondMarked: true, ct));
        if (person is Lookup<Person>.Unknown { Why: var why })
            return await commits.Commit(PutOff.Changes(command.By, "Allowing it has to wait", why, delivery, lease, now), ct);
        if (target is Lookup<NamedTarget>.Unknown { Why: var doubt })
            return await commits.Commit(PutOff.Changes(command.By, "Allowing it has to wait", doubt, delivery, lease, now), ct);
        if (person is not Lookup<Person>.Found { Value: var holder } || target is not Lookup<NamedTarget>.Found { Value: var named })
            return await Tell(command.By, "Nothing was allowed", $"Not exactly one person is called \"{command.Person}\", or not exactly one target \"{command.Target}\". Write a username and a target's whole name.", delivery, lease, ct);
        if (await entitlements.Find(holder.Id, named.Target, ct) is not { Value.EmergencyDeniedAt: not null } found)
            return await Tell(command.By, "Nothing was allowed", $"{holder.Name} was not denied {named.Name} after an emergency.", delivery, lease, ct);

        return await commits.Commit(new Changes
        {
            Under = lease,
            Release = new Release.Done(),
            Entitlement = new Versioned<Entitlement>(found.Value with { EmergencyDeniedAt = null }, found.Version),
            Notes = [RequestChanges.Tell(command.By, $"allow:{delivery.Id}", Subject.Of(command.By), $"{holder.Name} may take {named.Name} in an emergency again", "It still has to be confirmed each time.")],
            Audit =
            [
                Row(AuditKind.EmergencyAllowed, Subject.Of(named.Target), by, now) with
                {
                    Facts = new Dictionary<string, string> { ["by"] = by.Id.Value, ["beneficiary"] = holder.Id.Value, ["target"] = named.Target.ToString(), ["target-name"] = named.Name },
                    Personal = new Dictionary<string, string> { ["by"] = by.Name, ["beneficiary"] = holder.Name },
                },
            ],
        }, ct);
    }

    private static AuditEntry Row(string kind, Subject subject, Person by, DateTimeOffset now) => new()
    {
        Kind = kind,
        Subject = subject,
        At = now,
        Facts = new Dictionary<string, string> { ["by"] = by.Id.Value },
        Personal = new Dictionary<string, string> { ["by"] = by.Name },
    };

    private Task<CommitResult> Tell(ChatAccount by, string title, string line, StoredDelivery delivery, Lease lease, CancellationToken ct) => commits.Commit(new Changes
    {
        Under = lease,
        Release = new Release.Done(),
        Notes = [RequestChanges.Tell(by, $"freeze:{delivery.Id}", Subject.Of(by), title, line)],
    }, ct);
}
