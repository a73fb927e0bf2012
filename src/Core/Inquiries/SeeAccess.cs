using System.Diagnostics;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Policies.Lint;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Inquiries;

/// <summary>
/// Shows a caller what the same person sees in chat: their own, what they decide on, and all of it to the security team, which is
/// recorded. Who somebody is, is read afresh.
/// </summary>
public sealed class SeeAccess(
    Staff staff, AccessChecks checks, IRequests requests, IHistory history, ExplainAccess explain, LintCatalog lint, FindPerson people, ICatalog catalog, RecordedLooks looks, ICommits commits, TimeProvider time)
{
    private static readonly Office[] administrators = [Office.Administrator];
    private static readonly Office[] security = [Office.Security];
    private static readonly Office[] both = [Office.Administrator, Office.Security];

    public async Task<Seen<Versioned<AccessRequest>>> Request(Person caller, RequestId id, CancellationToken ct) =>
        await requests.Load(id, ct) is { } found
            ? (await MaySee(caller, found.Value, ct)).Then(found)
            : new Seen<Versioned<AccessRequest>>.NotThere();

    /// <summary>Whoever does not look after access sees those that are their own, and those that wait for them.</summary>
    public async Task<Seen<Page<Versioned<AccessRequest>>>> Requests(Person caller, RequestQuery query, RequestId? after, int max, CancellationToken ct)
    {
        if (query.WaitingFor is not null && caller.IsServiceAccount)
            return new Seen<Page<Versioned<AccessRequest>>>.Shown(new Page<Versioned<AccessRequest>>([], false));
        if (query.Requester == caller.Id || query.Beneficiary == caller.Id || query.Involving == caller.Id || query.WaitingFor == caller.Id)
            return new Seen<Page<Versioned<AccessRequest>>>.Shown(await history.Requests(query, after, max, ct));
        return await staff.Admit(caller, security, ct) switch
        {
            Admission.Granted => new Seen<Page<Versioned<AccessRequest>>>.Shown(await Recorded(new Look(caller.Id, "requests", query.Target, query.Beneficiary ?? query.Requester), await history.Requests(query, after, max, ct), ct)),
            Admission.Refused => new Seen<Page<Versioned<AccessRequest>>>.Shown(await history.Requests(query with { Involving = caller.Id }, after, max, ct)),
            Admission.Unknown unknown => new Seen<Page<Versioned<AccessRequest>>>.Unknown(unknown.Why),
            _ => throw new UnreachableException(),
        };
    }

    public async Task<Seen<GrantRecord>> Grant(Person caller, GrantId id, CancellationToken ct)
    {
        if (await history.Grant(id, ct) is not { } found)
            return new Seen<GrantRecord>.NotThere();
        if (found.Person.Id == caller.Id)
            return new Seen<GrantRecord>.Shown(found);
        return await requests.Load(found.Grant.Request, ct) is { Value: var request } ? (await MaySee(caller, request, ct)).Then(found) : new Seen<GrantRecord>.NotThere();
    }

    /// <summary>As with requests; and whoever may see a request sees what came of it.</summary>
    public async Task<Seen<Page<GrantRecord>>> Grants(Person caller, GrantQuery query, GrantId? after, int max, CancellationToken ct)
    {
        if (query.Request is { } of && await requests.Load(of, ct) is { Value: var request } && await MaySee(caller, request, ct) is { May: true })
            return new Seen<Page<GrantRecord>>.Shown(await history.Grants(query, after, max, ct));
        if (query.Person == caller.Id)
            return new Seen<Page<GrantRecord>>.Shown(await history.Grants(query, after, max, ct));
        return await staff.Admit(caller, security, ct) switch
        {
            Admission.Granted => new Seen<Page<GrantRecord>>.Shown(await Recorded(new Look(caller.Id, "grants", query.Target, query.Person), await history.Grants(query, after, max, ct), ct)),
            Admission.Refused refused when query.Person is not null => new Seen<Page<GrantRecord>>.Refused(refused.Why),
            Admission.Refused => new Seen<Page<GrantRecord>>.Shown(await history.Grants(query with { Person = caller.Id }, after, max, ct)),
            Admission.Unknown unknown => new Seen<Page<GrantRecord>>.Unknown(unknown.Why),
            _ => throw new UnreachableException(),
        };
    }

    public Task<Seen<Page<AuditRecord>>> Audit(Person caller, AuditQuery query, long after, int max, CancellationToken ct) =>
        To(caller, security, async _ => await Recorded(new Look(caller.Id, "audit"), await history.Audit(query, after, max, ct), ct), ct);

    public Task<Seen<AuditHead>> AuditHead(Person caller, CancellationToken ct) => To(caller, security, _ => history.AuditHead(ct), ct);

    public Task<Seen<LintReport>> Lint(Person caller, CancellationToken ct) => To(caller, administrators, _ => lint.Run(ct), ct);

    /// <summary>What would happen if this person asked for this; anybody about themselves.</summary>
    /// <param name="person">A username or an id; null: the caller.</param>
    public async Task<Seen<Lookup<Explanation>>> Explain(Person caller, string? person, TargetName target, CancellationToken ct)
    {
        if (person is null || person == caller.Id.Value || string.Equals(person, caller.Username, StringComparison.OrdinalIgnoreCase))
            return new Seen<Lookup<Explanation>>.Shown(await Explain(caller, target, ct));
        return await To(caller, both, async _ => await people.Run(person, ct) switch
        {
            Lookup<Person>.Found found => await Recorded(new Look(caller.Id, "explain", catalog.Current.Named(target.Kind, target.Text) is [var only] ? only.Target : null, found.Value.Id), await Explain(found.Value, target, ct), ct),
            Lookup<Person>.Several => new Lookup<Explanation>.Refused(new Refusal.SeveralPeopleNamed(person)),
            Lookup<Person>.Refused refused => new Lookup<Explanation>.Refused(refused.Why),
            Lookup<Person>.Unknown unknown => new Lookup<Explanation>.Unknown(unknown.Why),
            _ => new Lookup<Explanation>.Refused(new Refusal.PersonGone()),
        }, ct);
    }

    private async Task<Lookup<Explanation>> Explain(Person person, TargetName target, CancellationToken ct) => catalog.Current.Named(target.Kind, target.Text) switch
    {
        [var only] => new Lookup<Explanation>.Found(await explain.Run(person, new NamedTarget(only.Target, only.Name), ct)),
        [] => new Lookup<Explanation>.NotFound(),
        var several => new Lookup<Explanation>.Several([.. several.Select(entry => $"{entry.Name} ({entry.Target})")]),
    };

    /// <summary>Theirs, one that they were asked about, or one that they may decide on; or they look after access.</summary>
    private async Task<Sight> MaySee(Person caller, AccessRequest request, CancellationToken ct)
    {
        if (request.Filing.Person?.Id == caller.Id || request.Filing.LoggedIn == caller.Id || request.Beneficiary?.Id == caller.Id
            || request.Approvers.People.Contains(caller.Id) || request.Voters.Any(voter => voter.Id == caller.Id))
            return Sight.Yes;

        var deciding = request.Rule is { } rule && caller.IsActiveHuman
            ? await checks.IsInAny(caller.Id, [.. rule.Stages.SelectMany(stage => stage.Groups), .. rule.Escalation], ct)
            : new Reading<bool>.Known(false);
        if (deciding is Reading<bool>.Known { Value: true })
            return Sight.Yes;
        return (await staff.Admit(caller, security, ct), deciding) switch
        {
            (Admission.Granted, _) => await Recorded(new Look(caller.Id, "request", request.Target, request.Beneficiary?.Id ?? request.Filing.Person?.Id), Sight.Yes, ct),
            (Admission.Unknown unknown, _) => new Sight(false, unknown.Why),
            (_, Reading<bool>.Unknown unknown) => new Sight(false, unknown.Why),
            _ => new Sight(false, null),
        };
    }

    private async Task<Seen<T>> To<T>(Person caller, IReadOnlyList<Office> offices, Func<Person, Task<T>> show, CancellationToken ct)
    {
        switch (await staff.Admit(caller, offices, ct))
        {
            case Admission.Granted granted:
                return new Seen<T>.Shown(await show(granted.Person));
            case Admission.Refused refused:
                // Counted, not recorded: a program that asks again and again must not fill the audit and its channel.
                return new Seen<T>.Refused(refused.Why);
            case Admission.Unknown unknown:
                return new Seen<T>.Unknown(unknown.Why);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<T> Recorded<T>(Look look, T shown, CancellationToken ct)
    {
        if (!looks.IsNew(look))
            return shown;
        await commits.Commit(new Changes { Audit = [InquiryAudit.Looked(look, time.GetUtcNow())] }, ct);
        looks.Took(look);
        return shown;
    }

    /// <param name="Why">Nobody can tell now.</param>
    private sealed record Sight(bool May, Doubt? Why)
    {
        public static readonly Sight Yes = new(true, null);

        public Seen<T> Then<T>(T value) => this switch
        {
            { May: true } => new Seen<T>.Shown(value),
            { Why: { } why } => new Seen<T>.Unknown(why),
            _ => new Seen<T>.NotThere(),
        };
    }
}
