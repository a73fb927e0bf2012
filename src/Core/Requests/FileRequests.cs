using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>
/// Files what a caller asks for by their token, for themselves or on behalf of others: a request for each target and person, all of them
/// or none. What is known to speak against one is said at once; what cannot be read waits with the request, as in chat.
/// </summary>
public sealed class FileRequests(
    ICatalog catalog, IPolicies policies, AccessChecks checks, Emergencies emergencies, Extensions extensions,
    IRequests requests, IEntitlements entitlements, IEnumerable<IChatPlatform> platforms, IIds ids, TimeProvider time)
{
    /// <summary>Requests of one filing: whoever decides gets a message for each.</summary>
    public const int AtMost = 20;

    /// <summary>Open requests on behalf of others of one person who has no role for that.</summary>
    public const int MostForOthers = 50;

    public async Task<Judgement> Judge(Wanted wanted, CancellationToken ct)
    {
        if (Targets(wanted) is var (entries, unfound) && unfound is not null)
            return new Judgement.Refused(unfound);

        var by = wanted.By;
        var others = wanted.Beneficiaries.Where(id => id != by.Person.Id).Distinct().ToList();
        if (others.Count > 0 && by.Person.IsServiceAccount && !by.MayFileForOthers)
            return new Judgement.Refused(new Refusal.NotOnBehalf());

        if (entries.Count * Math.Max(1, wanted.Beneficiaries.Count) > AtMost)
            return new Judgement.Refused(new Refusal.TooManyAtOnce(AtMost));

        if (others.Count > 0 && !by.MayFileForOthers && await requests.CountOpenForOthers(by.Person.Id, ct) + (others.Count * entries.Count) > MostForOthers)
            return new Judgement.Refused(new Refusal.EnoughForOthers(MostForOthers));

        var readings = checks.Begin();
        List<Person> people = wanted.Beneficiaries.Count == 0 || wanted.Beneficiaries.Contains(by.Person.Id) ? [by.Person] : [];
        foreach (var id in others)
        {
            switch (await readings.Person(id, ct))
            {
                case Reading<Person>.Known known:
                    people.Add(known.Value);
                    break;
                case Reading<Person>.Unknown unknown:
                    return new Judgement.NotNow(unknown.Why);
                default:
                    return new Judgement.Refused(by.MayFileForOthers ? new Refusal.PersonGone() : new Refusal.NotForThem());
            }
        }

        var filed = new List<AccessRequest>();
        foreach (var person in people)
        {
            foreach (var entry in entries)
            {
                var request = Received(wanted, person, entry.Target, entry.Name, wanted.Length ?? new AccessLength.For(entry.Rule.DefaultDuration));
                // Whoever asks for a colleague learns nothing of what they have, or may have; nor by a request that could never be filed.
                var hidden = request.Filing.ForOther && !by.MayFileForOthers;
                if (hidden && Wrong(request, entry.Rule) is { } wrong)
                    return new Judgement.Refused(wrong, entry.Name);
                if (await Check(request, person, readings, ct) is { } why)
                    return new Judgement.Refused(hidden ? new Refusal.NotForThem() : why, entry.Name);
                filed.Add(request);
            }
        }

        return new Judgement.Done(RequestChanges.File(filed, platforms, time.GetUtcNow()));
    }

    /// <summary>More time for what came of a request: a request of its own, to the same people.</summary>
    /// <param name="extended">What the grant came of.</param>
    public async Task<Judgement> Extend(Wanted wanted, RequestId extended, CancellationToken ct)
    {
        if (await entitlements.FindOf(extended, ct) is not { Value: var entitlement })
            return new Judgement.Refused(new Refusal.NothingToExtend());
        if (entitlement.Person.Id != wanted.By.Person.Id)
            return new Judgement.Refused(new Refusal.NotYours(), entitlement.TargetName);

        var length = wanted.Length ?? new AccessLength.For(catalog.Current.Find(entitlement.Target)?.Rule.DefaultDuration ?? AccessRule.UsualLength);
        var request = Received(wanted, wanted.By.Person, entitlement.Target, entitlement.TargetName, length) with { Extends = extended };
        return await Check(request, wanted.By.Person, checks.Begin(), ct) is { } why
            ? new Judgement.Refused(why, entitlement.TargetName)
            : new Judgement.Done(RequestChanges.File([request], platforms, time.GetUtcNow()));
    }

    private (IReadOnlyList<CatalogEntry> Entries, Refusal? Why) Targets(Wanted wanted)
    {
        var names = wanted.Targets;
        if (wanted.Bundle is { } bundle)
        {
            if (policies.Current.Bundles.FirstOrDefault(one => one.Name == bundle) is not { } known)
                return ([], new Refusal.UnknownBundle(bundle));
            names = [.. known.Targets.Select(text => new TargetName(null, text.StartsWith("id:", StringComparison.Ordinal) ? text["id:".Length..] : text))];
        }

        var entries = new List<CatalogEntry>();
        foreach (var name in names)
        {
            switch (catalog.Current.Named(name.Kind, name.Text))
            {
                case [var only]:
                    entries.Add(only);
                    break;
                case []:
                    return ([], new Refusal.UnknownTarget(name.Text));
                case var several:
                    return ([], new Refusal.SeveralTargets(name.Text, [.. several.Select(entry => $"{entry.Name} ({entry.Target})")]));
            }
        }

        return ([.. entries.DistinctBy(entry => entry.Target)], null);
    }

    private AccessRequest Received(Wanted wanted, Person person, TargetId target, string name, AccessLength length)
    {
        var by = wanted.By;
        var filing = new Filing(null, by.Person.Ref, ForOther: person.Id != by.Person.Id, by.Person.Id, by.Client);
        return AccessRequest.Receive(new RequestId(ids.Next()), filing, target, name, length, wanted.Justification, wanted.Ticket, wanted.ReceivedAt, wanted.Emergency) with { Beneficiary = person.Ref };
    }

    /// <summary>What no form would let through, whoever it is for; null: nothing.</summary>
    private static Refusal? Wrong(AccessRequest request, AccessRule rule) => request is { Emergency: true, Filing.ForOther: true }
        ? new Refusal.EmergencyOfOthers()
        : Submission.Of(request).Check(rule).Select(found => found.Why).FirstOrDefault();

    /// <summary>Null: nothing that is known speaks against it.</summary>
    private async Task<Refusal?> Check(AccessRequest request, Person person, AccessReadings readings, CancellationToken ct)
    {
        if (await requests.FindOpen(person.Id, request.Target, ct) is { } open)
            return new Refusal.AlreadyOpen(open);
        switch (await checks.Check(person.Id, request.Target, readings, ct))
        {
            case AccessCheck.Refused refused:
                return refused.Why;
            case AccessCheck.Allowed allowed:
                if (Wrong(request, allowed.Rule) is { } wrong)
                    return wrong;
                if (request.Extends is not null && await extensions.Check(request, person.Id, allowed.Rule, ct) is ExtensionCheck.Refused cannot)
                    return cannot.Why;
                return request.Emergency && await emergencies.Check(person.Id, request.Target, allowed.Rule, ct) is Reading<Refusal?>.Known { Value: { } not } ? not : null;
            default:
                // It waits; what no form would let through does not wait with it.
                return Wrong(request, catalog.Current.Find(request.Target)?.Rule ?? new AccessRule { Stages = [] });
        }
    }
}

/// <summary>What a caller asks for.</summary>
/// <param name="Targets">Empty where there is a bundle.</param>
/// <param name="Beneficiaries">Empty: the caller.</param>
/// <param name="Length">Null: what the rule says is usual.</param>
/// <param name="Justification">Cleaned.</param>
public sealed record Wanted(
    Caller By, IReadOnlyList<TargetName> Targets, string? Bundle, IReadOnlyList<PersonId> Beneficiaries, AccessLength? Length,
    string Justification, string? Ticket, bool Emergency, DateTimeOffset ReceivedAt);

/// <summary>What somebody calls a target.</summary>
/// <param name="Kind">Null: whatever is called so.</param>
public sealed record TargetName(TargetKind? Kind, string Text);
