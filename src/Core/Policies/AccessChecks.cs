using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Policies;

/// <summary>
/// Reads fresh whether somebody may have a target: the realm is the one we know, the person is there and enabled,
/// the target is there, offered and not administrative, the person is eligible and holds nothing that excludes it.
/// </summary>
public sealed class AccessChecks(IDirectory directory, IDeployment deployment, Exclusions exclusions, IPolicies policies, LoginAvailability? login = null)
{
    public Task<AccessCheck> Check(PersonId beneficiary, TargetId target, CancellationToken ct) => Check(beneficiary, target, Begin(), ct);

    /// <param name="readings">Of this attempt.</param>
    public async Task<AccessCheck> Check(PersonId beneficiary, TargetId target, AccessReadings readings, CancellationToken ct)
    {
        if (await deployment.RaisedAt(Alarm.Frozen, ct) is not null)
            return new AccessCheck.Unknown(Doubt.Frozen);

        // Asked for all at once, and judged in order.
        var (asked, read, reading) = (readings.Realm(ct), readings.Person(beneficiary, ct), readings.Target(target, ct));
        await Task.WhenAll(asked, read, reading);
        var realm = await asked;
        if (realm is not Reading<DirectoryIdentity>.Known { Value: var identity })
            return new AccessCheck.Unknown(DoubtOf(realm));

        switch (Judge(await read, identity))
        {
            case PersonCheck.Refused refused:
                return new AccessCheck.Refused(refused.Why);
            case PersonCheck.Unknown unknown:
                return new AccessCheck.Unknown(unknown.Why);
            case PersonCheck.Fine fine:
                return await CheckTarget(fine.Person, identity, await reading, readings, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>For an attempt that checks more than one thing.</summary>
    public AccessReadings Begin() => new(directory, Rules(), ReadRealm);

    /// <summary>There, enabled, human, and not our own account.</summary>
    public async Task<PersonCheck> CheckPerson(PersonId person, DirectoryIdentity identity, CancellationToken ct) =>
        Judge(await directory.ReadPerson(person, ct), identity);

    private static PersonCheck Judge(Reading<Person> person, DirectoryIdentity identity) => person switch
    {
        Reading<Person>.Known { Value: var found } when found.IsServiceAccount || found.Id == identity.Self => new PersonCheck.Refused(new Refusal.NotAHuman()),
        Reading<Person>.Known { Value: { Enabled: false } } => new PersonCheck.Refused(new Refusal.PersonDisabled()),
        Reading<Person>.Known { Value: var found } => new PersonCheck.Fine(found),
        Reading<Person>.Absent => new PersonCheck.Refused(new Refusal.PersonGone()),
        Reading<Person>.Unknown unknown => new PersonCheck.Unknown(unknown.Why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The realm, when it is the one that this deployment has known from its first day.</summary>
    public async Task<Reading<DirectoryIdentity>> ReadRealm(CancellationToken ct)
    {
        var reading = await directory.ReadIdentity(ct);
        if (reading is Reading<DirectoryIdentity>.Known known && await deployment.KnownRealm(known.Value.RealmId, ct) != known.Value.RealmId)
            return new Reading<DirectoryIdentity>.Unknown(Doubt.OtherRealm);
        return reading is Reading<DirectoryIdentity>.Absent ? new Reading<DirectoryIdentity>.Unknown(Doubt.Unreadable) : reading;
    }

    /// <summary>The attributes that a target's rule is read from, the policy's among them.</summary>
    internal IReadOnlyList<AttributeLevel> LevelsOf(TargetFacts facts) => policies.Current.Around(facts.Levels);

    /// <summary>Rules as they are read here, by the policy that holds now or, where it is named, by another.</summary>
    internal RuleBook Rules(Policy? policy = null) => new(directory, login, policy ?? policies.Current);

    public static Doubt DoubtOf<T>(Reading<T> reading) => reading is Reading<T>.Unknown unknown ? unknown.Why : Doubt.Unreadable;

    private async Task<AccessCheck> CheckTarget(Person person, DirectoryIdentity identity, Reading<TargetFacts> read, AccessReadings readings, CancellationToken ct)
    {
        if (read is Reading<TargetFacts>.Absent)
            return new AccessCheck.Refused(new Refusal.TargetGone());
        if (read is not Reading<TargetFacts>.Known { Value: var facts })
            return new AccessCheck.Unknown(DoubtOf(read));
        if (facts.Privileges is null || !facts.AncestorsReadable)
            return new AccessCheck.Unknown(Doubt.Unreadable);
        if (facts.Privileges.Administrative)
            return new AccessCheck.Refused(new Refusal.Administrative());

        return await readings.Rule(facts, ct) switch
        {
            RuleReading.Offered offered => await CheckEligible(person, identity, facts, offered.Rule, ct),
            RuleReading.NotOffered => new AccessCheck.Refused(new Refusal.NotOffered()),
            RuleReading.Unusable unusable => new AccessCheck.Refused(new Refusal.Unusable(unusable.Problems)),
            RuleReading.Unknown unknown => new AccessCheck.Unknown(unknown.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<AccessCheck> CheckEligible(Person person, DirectoryIdentity identity, TargetFacts facts, AccessRule rule, CancellationToken ct)
    {
        var (eligible, excluded) = (CheckEligible(person.Id, rule.Eligible, ct), exclusions.Check(person.Id, facts, rule, ct));
        await Task.WhenAll(eligible, excluded);
        return (await eligible, await excluded) switch
        {
            (Reading<Refusal?>.Known { Value: { } why }, _) => new AccessCheck.Refused(why),
            (Reading<Refusal?>.Known, Reading<Refusal?>.Known { Value: { } why }) => new AccessCheck.Refused(why),
            (Reading<Refusal?>.Known, Reading<Refusal?>.Known) => new AccessCheck.Allowed(person, identity, facts, rule),
            (Reading<Refusal?>.Known, var other) => new AccessCheck.Unknown(DoubtOf(other)),
            var (other, _) => new AccessCheck.Unknown(DoubtOf(other)),
        };
    }

    /// <summary>Known and null: what an earlier rule asked of the person, and the current one no longer does, is so as well.</summary>
    public async Task<Reading<Refusal?>> CheckEarlier(PersonId person, AccessRule earlier, AccessRule current, CancellationToken ct) =>
        await CheckEligible(person, [.. earlier.Eligible.Where(choice => !current.Eligible.Any(choice.IsSame))], ct) switch
        {
            Reading<Refusal?>.Known { Value: null } => await exclusions.Check(person, earlier.Excludes.Where(target => current.Excludes.All(other => other.Id != target.Id)), ct),
            var other => other,
        };

    /// <summary>Known and null: in one group of each choice.</summary>
    public async Task<Reading<Refusal?>> CheckEligible(PersonId person, IReadOnlyList<GroupChoice> choices, CancellationToken ct)
    {
        var answers = await Task.WhenAll(choices.Select(choice => IsInAny(person, choice.Groups, ct)));
        foreach (var (choice, answer) in choices.Zip(answers))
        {
            switch (answer)
            {
                case Reading<bool>.Known { Value: true }:
                    continue;
                case Reading<bool>.Known:
                    return new Reading<Refusal?>.Known(new Refusal.NotEligible([.. choice.Groups.Select(group => group.Path)]));
                case var other:
                    return new Reading<Refusal?>.Unknown(DoubtOf(other));
            }
        }

        return new Reading<Refusal?>.Known(null);
    }

    /// <summary>Direct membership of at least one; a group that is gone has no members.</summary>
    public async Task<Reading<bool>> IsInAny(PersonId person, IEnumerable<GroupRef> groups, CancellationToken ct)
    {
        var answers = await Task.WhenAll(groups.Select(group => directory.IsMember(person, group.Id, ct)));
        if (answers.Any(answer => answer is Reading<bool>.Known { Value: true }))
            return new Reading<bool>.Known(true);
        return answers.OfType<Reading<bool>.Unknown>().FirstOrDefault() is { } unknown ? unknown : new Reading<bool>.Known(false);
    }
}

public abstract record AccessCheck
{
    private protected AccessCheck()
    {
    }

    /// <param name="Target">With privileges that were read.</param>
    public sealed record Allowed(Person Person, DirectoryIdentity Directory, TargetFacts Target, AccessRule Rule) : AccessCheck;

    public sealed record Refused(Refusal Why) : AccessCheck;

    public sealed record Unknown(Doubt Why) : AccessCheck;
}

public abstract record PersonCheck
{
    private protected PersonCheck()
    {
    }

    public sealed record Fine(Person Person) : PersonCheck;

    public sealed record Refused(Refusal Why) : PersonCheck;

    public sealed record Unknown(Doubt Why) : PersonCheck;
}
