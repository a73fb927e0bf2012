using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.LoginPolicies;

/// <summary>
/// One administrator proposes what a client asks for at login, and a second one, who is not the same human, confirms it. Only then is it
/// set, by <see cref="FinishLoginChanges"/>.
/// </summary>
public sealed class ChangeLoginPolicy(
    ILoginPolicies directory, ILoginChanges changes, FinishLoginChanges finish, IPolicies policies, Staff staff, Identities identities, Own own, ICommits commits, IIds ids, TimeProvider time)
{
    public async Task<CommitResult> Run(Command.SetLoginPolicy command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var turn = new Turn(command.By, delivery, lease);
        switch (await staff.Admit(command.By, [Office.Administrator], ct))
        {
            case Admission.Refused refused:
                return await Tell(turn, LoginPolicyMessages.NotSet, Sentences.For(refused.Why), ct);
            case Admission.Unknown unknown:
                return await Wait(turn, unknown.Why, ct);
            case Admission.Granted by:
                return await Propose(command, by, turn, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public async Task<CommitResult> Run(Command.DecideLoginPolicy command, StoredDelivery delivery, Lease lease, CancellationToken ct)
    {
        var turn = new Turn(command.By, delivery, lease);
        switch (await staff.Admit(command.By, [Office.Administrator], ct))
        {
            case Admission.Refused refused:
                return await Tell(turn, LoginPolicyMessages.NotSet, Sentences.For(refused.Why), ct);
            case Admission.Unknown unknown:
                return await Wait(turn, unknown.Why, ct);
            case Admission.Granted by:
                return await changes.Load(command.Change, ct) switch
                {
                    null => await Tell(turn, LoginPolicyMessages.NotSet, "It is not there any more. Write policy set anew.", ct),
                    { Value: { State: LoginChangeState.Proposed } wanted } loaded when !wanted.IsOver(time.GetUtcNow()) => command.Confirm ? await Confirm(loaded, by, turn, ct) : await Reject(loaded, by.Person.Ref, turn, ct),
                    { Value: var settled } => await Tell(turn, "It is settled already", $"{LoginPolicyMessages.For(settled, CardPurpose.Decide, time.GetUtcNow()).Title}.", ct),
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<CommitResult> Propose(Command.SetLoginPolicy command, Admission.Granted by, Turn turn, CancellationToken ct)
    {
        var client = command.Client;
        if ((command.Rules ?? policies.Current.Logins.GetValueOrDefault(client)) is not { } wanted)
            return await Tell(turn, LoginPolicyMessages.NotSet, $"The policy file says nothing about {client}. Write policy set {client} any-of: ROLE, ROLE; all-of: ROLE; groups: /PATH.", ct);
        var read = await ReadGuard(ct);
        if (read is not Reading<LoginGuard>.Known { Value: var guard })
            return await Wait(turn, AccessChecks.DoubtOf(read), ct);
        var objection = await Object(client, wanted, guard, ct);
        if (objection is not Reading<string?>.Known { Value: var why })
            return await Wait(turn, AccessChecks.DoubtOf(objection), ct);
        if (why is not null)
            return await Tell(turn, LoginPolicyMessages.NotSet, why, ct);

        var before = guard.RulesOf(client)!;
        if (before.AreSameAs(wanted))
            return await Tell(turn, "There is nothing to change", $"{client} asks for that already: {before}.", ct);
        if (!directory.MayBeSet)
            return await Tell(turn, LoginPolicyMessages.NotSet, "The bot may not set login policies here (Keycloak:ManageLoginPolicies is off). To set it by hand:", ct, LoginPolicyMessages.ByHand(client, wanted));
        if (await changes.FindOpen(client, ct) is { Value: var other })
            return await Tell(turn, LoginPolicyMessages.NotSet, other.State is LoginChangeState.Proposed ? $"{other.By.Name} has proposed a change of {client} that waits. Confirm or reject that first." : $"A change of {client} is being set. Look again in a minute.", ct);

        return await Confirmers(by.Person, turn.By, ct) switch
        {
            Reading<IReadOnlyList<ChatAccount>>.Known { Value: { Count: > 0 } others } => await Propose(client, before, wanted, by, others, turn, ct),
            Reading<IReadOnlyList<ChatAccount>>.Known => await Tell(turn, LoginPolicyMessages.NotSet, "A second administrator has to confirm, and there is none whose chat account is known. To set it by hand:", ct, LoginPolicyMessages.ByHand(client, wanted)),
            var unknown => await Wait(turn, AccessChecks.DoubtOf(unknown), ct),
        };
    }

    private Task<CommitResult> Propose(string client, LoginRules before, LoginRules wanted, Admission.Granted by, IReadOnlyList<ChatAccount> others, Turn turn, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var change = new LoginChange { Id = new LoginChangeId(ids.Next()), Client = client, Before = before, After = wanted, By = by.Person.Ref, From = turn.By, ProposedAt = now };
        return commits.Commit(turn.Done with
        {
            LoginChange = new Versioned<LoginChange>(change, 0),
            Matches = [new Match(turn.By, by.Person.Ref, by.Proof, now)],
            Cards = [LoginPolicyMessages.Follow(change, turn.By), .. others.Select(other => LoginPolicyMessages.Decide(change, other))],
            Audit = [LoginPolicyAudit.Proposed(change, now)],
        }, ct);
    }

    /// <summary>Accounts of the other administrators. Those of the same human are not among them.</summary>
    private async Task<Reading<IReadOnlyList<ChatAccount>>> Confirmers(Person by, ChatAccount from, CancellationToken ct)
    {
        var members = await staff.Members(Office.Administrator, ct);
        if (members is not Reading<IReadOnlyList<Person>>.Known { Value: var administrators })
            return new Reading<IReadOnlyList<ChatAccount>>.Unknown(AccessChecks.DoubtOf(members));

        var others = new HashSet<ChatAccount>();
        foreach (var person in administrators)
        {
            switch (await own.Includes(person, null, [by.Id], [from], ct), await identities.FindAccounts(person, ct))
            {
                case (Reading<bool>.Known { Value: true }, _):
                    continue;
                case (Reading<bool>.Unknown unknown, _):
                    return new Reading<IReadOnlyList<ChatAccount>>.Unknown(unknown.Why);
                case (_, Reading<IReadOnlyList<ChatAccount>>.Known { Value: var accounts }):
                    others.UnionWith(accounts.Where(account => account != from));
                    break;
                case (_, var unread):
                    return new Reading<IReadOnlyList<ChatAccount>>.Unknown(AccessChecks.DoubtOf(unread));
            }
        }

        return new Reading<IReadOnlyList<ChatAccount>>.Known([.. others]);
    }

    private async Task<CommitResult> Confirm(Versioned<LoginChange> loaded, Admission.Granted by, Turn turn, CancellationToken ct)
    {
        var change = loaded.Value;
        var (isOwn, proposers, read) = (await own.Includes(by.Person, turn.By, [change.By.Id], [change.From], ct), await staff.Members(Office.Administrator, ct), await ReadGuard(ct));
        if (isOwn is not Reading<bool>.Known { Value: var same })
            return await Wait(turn, AccessChecks.DoubtOf(isOwn), ct);
        if (same)
            return await Tell(turn, LoginPolicyMessages.NotSet, "A second administrator has to confirm it: you proposed it yourself.", ct);
        if (proposers is not Reading<IReadOnlyList<Person>>.Known { Value: var administrators })
            return await Wait(turn, AccessChecks.DoubtOf(proposers), ct);
        if (read is not Reading<LoginGuard>.Known { Value: var guard })
            return await Wait(turn, AccessChecks.DoubtOf(read), ct);
        var objection = administrators.All(person => person.Id != change.By.Id) ? new Reading<string?>.Known("Who proposed it is no administrator any more.")
            : guard.RulesOf(change.Client)?.AreSameAs(change.Before) != true ? new Reading<string?>.Known(FinishLoginChanges.ChangedMeanwhile(change))
            : await Object(change.Client, change.After, guard, ct);
        if (objection is not Reading<string?>.Known { Value: var why })
            return await Wait(turn, AccessChecks.DoubtOf(objection), ct);
        if (why is not null)
            return await commits.Commit(finish.Close(loaded, why) with { Under = turn.Lease, Release = new Release.Done() }, ct);

        var now = time.GetUtcNow();
        var confirmed = change with { State = new LoginChangeState.Confirmed(by.Person.Ref) };
        var saved = await commits.Commit(turn.Done with
        {
            LoginChange = new Versioned<LoginChange>(confirmed, loaded.Version),
            Matches = [new Match(turn.By, by.Person.Ref, by.Proof, now)],
            Touched = [new CardTouch(Subject.Of(confirmed.Id))],
            Audit = [LoginPolicyAudit.Confirmed(confirmed, by.Person.Ref, (turn.By, by.Proof), now)],
        }, ct);
        // Whoever comes by finishes it, should this process end here.
        if (saved == CommitResult.Saved)
            await finish.Run(new Versioned<LoginChange>(confirmed, loaded.Version + 1), ct);
        return saved;
    }

    private Task<CommitResult> Reject(Versioned<LoginChange> loaded, PersonRef by, Turn turn, CancellationToken ct)
    {
        var rejected = loaded.Value with { State = new LoginChangeState.Rejected(by) };
        return commits.Commit(turn.Done with
        {
            LoginChange = new Versioned<LoginChange>(rejected, loaded.Version),
            Touched = [new CardTouch(Subject.Of(rejected.Id))],
            Audit = [LoginPolicyAudit.Rejected(rejected, by, time.GetUtcNow())],
        }, ct);
    }

    /// <summary>Known and null: nothing speaks against it.</summary>
    private async Task<Reading<string?>> Object(string client, LoginRules wanted, LoginGuard guard, CancellationToken ct)
    {
        if (LoginPolicy.IsNeverClosed(client))
            return new Reading<string?>.Known($"{client} is Keycloak's own and is never closed: nobody could open it again.");
        if (policies.Current.Logins.GetValueOrDefault(client) is { } ofFile && !wanted.AreSameAs(ofFile))
            return new Reading<string?>.Known($"The policy file says what {client} asks for: {ofFile.Names}. Change it there, then write policy set {client}.");
        if (!guard.Clients.Contains(client))
            return new Reading<string?>.Known($"There is no client {client}, or the bot does not see it. Write its client ID as it stands in Keycloak.");
        if (guard.Own(client) is { Count: > 1 } several)
            return new Reading<string?>.Known($"{client} has {several.Count} login policies, which must all hold: {Sentences.List([.. several.Select(policy => $"\"{policy.Name}\"")], 8)}. Leave it one, in Keycloak's Admin Console.");
        return await directory.Unresolved(wanted, ct) switch
        {
            Reading<IReadOnlyList<string>>.Known { Value: { Count: > 0 } unresolved } => new Reading<string?>.Known($"It would let nobody in: {Sentences.List([.. unresolved.Select(name => $"\"{name}\"")], 8)} is no role or group, or could be several. Write a role by its name or as client/role, and a group by its whole path."),
            Reading<IReadOnlyList<string>>.Known => new Reading<string?>.Known(null),
            var unknown => new Reading<string?>.Unknown(AccessChecks.DoubtOf(unknown)),
        };
    }

    private Task<Reading<LoginGuard>> ReadGuard(CancellationToken ct) => finish.ReadGuard(ct);

    private Task<CommitResult> Wait(Turn turn, Doubt why, CancellationToken ct) =>
        commits.Commit(PutOff.Changes(turn.By, "The login policy has to wait", why, turn.Delivery, turn.Lease, time.GetUtcNow()), ct);

    private Task<CommitResult> Tell(Turn turn, string title, string line, CancellationToken ct, params IReadOnlyList<string> more) => commits.Commit(turn.Done with
    {
        Notes =
        [
            new Note
            {
                Key = $"login-policy:{turn.Delivery.Id}",
                Subject = Subject.Of(turn.By),
                Audience = new Audience.Person(turn.By),
                Message = new ChatMessage { Title = title, Lines = [line, .. more] },
            },
        ],
    }, ct);

    /// <summary>A command that is being handled.</summary>
    private sealed record Turn(ChatAccount By, StoredDelivery Delivery, Lease Lease)
    {
        public Changes Done => new() { Under = Lease, Release = new Release.Done() };
    }
}
