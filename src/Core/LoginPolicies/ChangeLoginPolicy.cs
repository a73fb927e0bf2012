using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.LoginPolicies;

/// <summary>
/// One administrator proposes what a client asks for at login, a second one confirms it, and then it is set in the directory and read back.
/// What is confirmed is written down before it is sent: whoever finds it half done finishes it.
/// </summary>
public sealed class ChangeLoginPolicy(
    ILoginPolicies directory, ILoginChanges changes, IPolicies policies, Staff staff, Identities identities, ICommits commits, IIds ids, TimeProvider time)
{
    private const string MustWait = "The login policy has to wait";

    /// <summary>Closed, they would lock out whoever has to open them again; the provider exempts them.</summary>
    private static readonly string[] neverClosed = ["security-admin-console", "account", "account-console", "admin-cli"];

    public async Task<CommitResult> Run(Command.SetLoginPolicy command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        switch (await staff.Admit(command.By, [Office.Administrator], ct))
        {
            case Admission.Refused refused:
                return await Tell(command.By, Sentences.For(refused.Why), delivery, lease, ct);
            case Admission.Unknown unknown:
                return await Wait(command.By, unknown.Why, delivery, lease, ct);
            case Admission.Granted by:
                return await Propose(command, by.Person, delivery, lease, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public async Task<CommitResult> Run(Command.DecideLoginPolicy command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        switch (await staff.Admit(command.By, [Office.Administrator], ct))
        {
            case Admission.Refused refused:
                return await Tell(command.By, Sentences.For(refused.Why), delivery, lease, ct);
            case Admission.Unknown unknown:
                return await Wait(command.By, unknown.Why, delivery, lease, ct);
        }

        if (await identities.Identify(command.By, ct) is not Identification.Proved { Person: var person } || await changes.Load(command.Change, ct) is not { } loaded)
            return await Tell(command.By, "It is not there any more. Write policy set anew.", delivery, lease, ct);
        return loaded.Value.State switch
        {
            // A delivery that was taken up again, or one that comes while the first is on its way.
            LoginChangeState.Confirmed confirmed when confirmed.By.Id == person.Id && command.Confirm => await Make(loaded, confirmed.By, command.By, delivery, lease, ct),
            LoginChangeState.Proposed when loaded.Value.IsOver(time.GetUtcNow()) => await Close(loaded, "Nobody confirmed it within a day", command.By, delivery, lease, ct),
            LoginChangeState.Proposed when !command.Confirm => await Reject(loaded, person.Ref, lease, ct),
            LoginChangeState.Proposed when loaded.Value.By.Id == person.Id => await Tell(command.By, "A second administrator has to confirm it: you proposed it yourself.", delivery, lease, ct),
            LoginChangeState.Proposed => await Confirm(loaded, person.Ref, command.By, delivery, lease, ct),
            _ => await Tell(command.By, $"It is settled already. {LoginPolicyMessages.For(loaded.Value, CardPurpose.Decide, time.GetUtcNow()).Title}.", delivery, lease, ct),
        };
    }

    private async Task<CommitResult> Propose(Command.SetLoginPolicy command, Person by, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var client = command.Client;
        var ofFile = policies.Current.Logins.GetValueOrDefault(client);
        if ((command.Rules ?? ofFile) is not { } wanted)
            return await Tell(command.By, $"The policy file says nothing about {client}. Write policy set {client} any-of: ROLE, ROLE; all-of: ROLE; groups: /PATH.", delivery, lease, ct);
        if (ofFile is not null && !wanted.AreSameAs(ofFile))
            return await Tell(command.By, $"The policy file says what {client} asks for: {ofFile}. Change it there, then write policy set {client}.", delivery, lease, ct);
        if (neverClosed.Contains(client))
            return await Tell(command.By, $"{client} is Keycloak's own and is never closed: nobody could open it again.", delivery, lease, ct);

        var read = await directory.Read(ct);
        if (read is not Reading<LoginGuard>.Known { Value: var guard })
            return await Wait(command.By, AccessChecks.DoubtOf(read), delivery, lease, ct);
        if (!guard.Clients.Contains(client))
            return await Tell(command.By, $"There is no client {client}, or the bot does not see it. Write its client ID as it stands in Keycloak.", delivery, lease, ct);
        if (guard.Own(client) is { Count: > 1 } several)
            return await Tell(command.By, $"{client} has {several.Count} login policies, which must all hold: {Sentences.List([.. several.Select(policy => $"\"{policy.Name}\"")], 8)}. Leave it one, in Keycloak's Admin Console.", delivery, lease, ct);
        var before = guard.Own(client) is [var own] ? own.Rules : LoginRules.Nothing;
        if (before.AreSameAs(wanted))
            return await Tell(command.By, $"{client} asks for that already: {before}.", delivery, lease, ct);
        var resolving = await directory.Unresolved(wanted, ct);
        if (resolving is not Reading<IReadOnlyList<string>>.Known { Value: var unresolved })
            return await Wait(command.By, AccessChecks.DoubtOf(resolving), delivery, lease, ct);
        if (unresolved.Count > 0)
            return await Tell(command.By, $"It would let nobody in: {Sentences.List([.. unresolved.Select(name => $"\"{name}\"")], 8)} is no role or group, or could be several. Write a role by its name or as client/role, and a group by its whole path.", delivery, lease, ct);
        if (!directory.MayBeSet)
            return await Tell(command.By, "The bot may not set login policies here (Keycloak:ManageLoginPolicies is off). To set it by hand:", delivery, lease, ct, LoginPolicyMessages.ByHand(client, wanted));
        return await Propose(command.By, by, client, before, wanted, delivery, lease, ct);
    }

    private async Task<CommitResult> Propose(ChatAccount account, Person by, string client, LoginRules before, LoginRules wanted, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var open = await changes.FindOpen(client, ct);
        if (open is { Value: var other } && !other.IsOver(now))
            return await Tell(account, $"{other.By.Name} has proposed a change of {client} that waits. Confirm or reject that first.", delivery, lease, ct);
        if (open is not null)
            return await Close(open, "Nobody confirmed it within a day", account, delivery, lease, ct, andGoOn: true);

        var members = await staff.Members(Office.Administrator, ct);
        if (members is not Reading<IReadOnlyList<Person>>.Known { Value: var administrators })
            return await Wait(account, AccessChecks.DoubtOf(members), delivery, lease, ct);
        var others = new List<ChatAccount>();
        foreach (var person in administrators.Where(person => person.Id != by.Id))
        {
            var found = await identities.FindAccounts(person, ct);
            if (found is Reading<IReadOnlyList<ChatAccount>>.Unknown unknown)
                return await Wait(account, unknown.Why, delivery, lease, ct);
            others.AddRange(((Reading<IReadOnlyList<ChatAccount>>.Known)found).Value);
        }

        if (others.Count == 0)
            return await Tell(account, "A second administrator has to confirm, and there is none whose chat account is known. To set it by hand:", delivery, lease, ct, LoginPolicyMessages.ByHand(client, wanted));
        var change = new LoginChange { Id = new LoginChangeId(ids.Next()), Client = client, Before = before, After = wanted, By = by.Ref, ProposedAt = now };
        return await commits.Commit(new Changes
        {
            Under = lease,
            Release = new Release.Done(),
            LoginChange = new Versioned<LoginChange>(change, 0),
            Cards = [LoginPolicyMessages.Follow(change, account), .. others.Distinct().Select(other => LoginPolicyMessages.Decide(change, other))],
            Audit = [LoginPolicyAudit.Proposed(change, now)],
        }, ct);
    }

    private async Task<CommitResult> Confirm(Versioned<LoginChange> loaded, PersonRef by, ChatAccount account, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var read = await directory.Read(ct);
        if (read is not Reading<LoginGuard>.Known { Value: var guard })
            return await Wait(account, AccessChecks.DoubtOf(read), delivery, lease, ct);
        if (IsOther(guard, loaded.Value, loaded.Value.Before))
            return await Close(loaded, $"What {loaded.Value.Client} asks for was changed meanwhile. Look at it with policy show {loaded.Value.Client}, and propose it anew", account, delivery, lease, ct);

        var confirmed = loaded.Value with { State = new LoginChangeState.Confirmed(by) };
        var saved = await commits.Commit(new Changes
        {
            Under = lease,
            LoginChange = new Versioned<LoginChange>(confirmed, loaded.Version),
            Touched = [new CardTouch(Subject.Of(confirmed.Id))],
            Audit = [LoginPolicyAudit.Confirmed(confirmed, by, time.GetUtcNow())],
        }, ct);
        return saved == CommitResult.Saved ? await Make(new Versioned<LoginChange>(confirmed, loaded.Version + 1), by, account, delivery, lease, ct) : saved;
    }

    private async Task<CommitResult> Make(Versioned<LoginChange> loaded, PersonRef by, ChatAccount account, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var change = loaded.Value;
        var sent = await directory.Set(change.Client, change.After, ct);
        if (sent is DirectoryChange.Rejected { Why: var refused })
            return await Close(loaded, $"Keycloak did not take it. {Sentences.For(refused)}".TrimEnd('.'), account, delivery, lease, ct);
        var read = await directory.Read(ct);
        if (read is not Reading<LoginGuard>.Known { Value: var guard })
            return await Wait(account, AccessChecks.DoubtOf(read), delivery, lease, ct);
        if (IsOther(guard, change, change.After))
            return await Wait(account, sent is DirectoryChange.Uncertain uncertain ? uncertain.Why : Doubt.Unreadable, delivery, lease, ct);

        var made = change with { State = new LoginChangeState.Made(by) };
        var known = await changes.Known(ct);
        return await commits.Commit(new Changes
        {
            Under = lease,
            Release = new Release.Done(),
            LoginChange = new Versioned<LoginChange>(made, loaded.Version),
            KnownLoginPolicies = known.IsFirst ? null : new KnownLoginPoliciesChange(known.Stamp,
            [
                .. known.Policies.Where(policy => !policy.IsOf(change.Client))
                    .Concat(KnownLoginPolicies.Of(guard).Where(policy => policy.IsOf(change.Client)))
                    .OrderBy(policy => policy.Where, StringComparer.Ordinal).ThenBy(policy => policy.Name, StringComparer.Ordinal),
            ]),
            Touched = [new CardTouch(Subject.Of(made.Id))],
            Audit = [LoginPolicyAudit.Set(made, by, time.GetUtcNow())],
        }, ct);
    }

    private static bool IsOther(LoginGuard guard, LoginChange change, LoginRules rules) => guard.Own(change.Client) switch
    {
        [] => !rules.AreSameAs(LoginRules.Nothing),
        [var only] => !only.Rules.AreSameAs(rules),
        _ => true,
    };

    private Task<CommitResult> Reject(Versioned<LoginChange> loaded, PersonRef by, Lease lease, CancellationToken ct)
    {
        var rejected = loaded.Value with { State = new LoginChangeState.Rejected(by) };
        return commits.Commit(new Changes
        {
            Under = lease,
            Release = new Release.Done(),
            LoginChange = new Versioned<LoginChange>(rejected, loaded.Version),
            Touched = [new CardTouch(Subject.Of(rejected.Id))],
            Audit = [LoginPolicyAudit.Rejected(rejected, by, time.GetUtcNow())],
        }, ct);
    }

    /// <param name="andGoOn">The command is looked at again when it is closed.</param>
    private async Task<CommitResult> Close(Versioned<LoginChange> loaded, string why, ChatAccount account, StoredDelivery delivery, Lease lease, CancellationToken ct, bool andGoOn = false)
    {
        var closed = loaded.Value with { State = new LoginChangeState.Void($"{why}.") };
        var saved = await commits.Commit(new Changes
        {
            Under = lease,
            Release = andGoOn ? null : new Release.Done(),
            LoginChange = new Versioned<LoginChange>(closed, loaded.Version),
            Touched = [new CardTouch(Subject.Of(closed.Id))],
            Notes = andGoOn ? [] : [Note(account, $"{why}.", delivery, [])],
            Audit = [LoginPolicyAudit.Void(closed, why, time.GetUtcNow())],
        }, ct);
        return andGoOn && saved == CommitResult.Saved ? CommitResult.Conflict : saved;
    }

    private Task<CommitResult> Wait(ChatAccount account, Doubt why, StoredDelivery delivery, Lease lease, CancellationToken ct) =>
        commits.Commit(PutOff.Changes(account, MustWait, why, delivery, lease, time.GetUtcNow()), ct);

    private Task<CommitResult> Tell(ChatAccount account, string line, StoredDelivery delivery, Lease lease, CancellationToken ct, params IReadOnlyList<string> more) =>
        commits.Commit(new Changes { Under = lease, Release = new Release.Done(), Notes = [Note(account, line, delivery, more)] }, ct);

    private static Note Note(ChatAccount account, string line, StoredDelivery delivery, IReadOnlyList<string> more) => new()
    {
        Key = $"login-policy:{delivery.Id}",
        Subject = Subject.Of(account),
        Audience = new Audience.Person(account),
        Message = new ChatMessage { Title = LoginPolicyMessages.NotSet, Lines = [line, .. more] },
    };
}
