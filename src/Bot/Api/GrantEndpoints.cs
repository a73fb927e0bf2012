using ChatGovernance.Bot.Api.Models;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Api;

/// <summary>Grants: look, ask for longer, give back, take away.</summary>
internal sealed class GrantEndpoints(SeeAccess see, FileRequests file, ReturnGrant giveBack, RevokeGrants revoke, AnswerOnce once, ICatalog catalog, TimeProvider time)
{
    public const string Path = "/api/grants";

    private static readonly string[] states = ["waiting", "started", "active", "ending", "ended", "failed"];

    public async Task<Answer> List(HttpRequest request, Caller by, CancellationToken ct)
    {
        var query = new QueryReader(request, "status", "person", "resourceType", "resourceId", "request", "cursor", "limit");
        var asked = new GrantQuery
        {
            State = query.OneOf("status", states),
            Person = query.Person("person"),
            Target = query.Target(catalog.Current),
            Request = query.Read("request", text => RequestId.TryParse(text, out var id) ? id : (RequestId?)null, "must be the id of a request"),
        };
        var after = query.Cursor(text => GrantId.TryParse(text, out var id) ? id : (GrantId?)null);
        var limit = query.Limit;
        if (query.Refused is { } wrong)
            return wrong;
        return RequestEndpoints.Show(await see.Grants(by.Person, asked, after, limit, ct), page => Answer.Of(
            StatusCodes.Status200OK,
            new GrantList([.. page.Items.Select(Shown.Of)]) { Next = page.More ? Cursors.Write(page.Items[^1].Grant.Id.ToString()) : null },
            ApiJson.Default.GrantList));
    }

    public async Task<Answer> Get(HttpRequest request, Caller by, string id, CancellationToken ct)
    {
        if (!GrantId.TryParse(id, out var known))
            return Problems.NotFound();
        return RequestEndpoints.Show(await see.Grant(by.Person, known, ct), found => ETags.IsKnown(request, found.Version)
            ? new Answer(StatusCodes.Status304NotModified, []) { ETag = ETags.Write(found.Version) }
            : Answer.Of(StatusCodes.Status200OK, Shown.Of(found), ApiJson.Default.GrantShown) with { ETag = ETags.Write(found.Version) });
    }

    public async Task<Answer> Extend(HttpRequest request, Caller by, string id, CancellationToken ct)
    {
        if (!GrantId.TryParse(id, out var known))
            return Problems.NotFound();
        var (call, refused) = await Call.Read(request, by, time.GetUtcNow(), ct);
        if (call is null)
            return refused!;
        var (body, unreadable) = call.As(ApiJson.Default.ExtensionBody);
        if (body is null)
            return unreadable!;
        var (wanted, wrong) = WantedReader.Read(body, by, call.ReceivedAt);
        return wanted is null ? wrong! : await Change(call, known, (grant, token) => file.Extend(wanted, grant.Grant.Request, token), _ => RequestEndpoints.Filed, ct);
    }

    public Task<Answer> End(HttpRequest request, Caller by, string id, CancellationToken ct) =>
        End(request, by, id, (grant, token) => giveBack.Judge(by.Actor, grant, token), ct);

    public Task<Answer> Revoke(HttpRequest request, Caller by, string id, CancellationToken ct) =>
        End(request, by, id, (grant, token) => revoke.Judge(by.Actor, grant, token), ct);

    private async Task<Answer> End(HttpRequest request, Caller by, string id, Func<RequestId, CancellationToken, Task<Judgement>> judge, CancellationToken ct)
    {
        if (!GrantId.TryParse(id, out var known))
            return Problems.NotFound();
        var (call, refused) = await Call.Read(request, by, time.GetUtcNow(), ct);
        if (call is null)
            return refused!;
        return call.Nothing() ?? await Change(call, known, (grant, token) => judge(grant.Grant.Request, token), Ending, ct);
    }

    /// <summary>It ends as soon as Keycloak has confirmed it: until then it is ending.</summary>
    private static Func<Changes, Answer> Ending(GrantRecord before) => changes =>
    {
        var saved = changes.Entitlement!;
        var grant = saved.Value.Grants.Single(grant => grant.Id == before.Grant.Id);
        return Answer.Of(StatusCodes.Status202Accepted, Shown.Of(before with { Grant = grant, Retry = saved.Value.Retry }), ApiJson.Default.GrantShown) with { ETag = ETags.Write(saved.Version + 1) };
    };

    private async Task<Answer> Change(
        Call call, GrantId id, Func<GrantRecord, CancellationToken, Task<Judgement>> judge, Func<GrantRecord, Func<Changes, Answer>> tell, CancellationToken ct)
    {
        GrantRecord? grant = null;
        // Whose turn it is depends on the request that it came of.
        var subject = await see.Grant(call.By.Person, id, ct) is Seen<GrantRecord>.Shown { Value: var first } ? Subject.Of(first.Grant.Request) : (Subject?)null;
        return await once.Run(
            call,
            subject,
            async token => await see.Grant(call.By.Person, id, token) switch
            {
                Seen<GrantRecord>.Shown { Value: var found } when call.IfMatch is { } version && version != found.Version => new Verdict.Told(Problems.ChangedMeanwhile()),
                Seen<GrantRecord>.Shown { Value: var found } => await judge(grant = found, token),
                Seen<GrantRecord>.Unknown unknown => new Verdict.Told(Problems.For(unknown.Why)),
                _ => new Verdict.Told(Problems.NotFound()),
            },
            changes => tell(grant!)(changes),
            ct);
    }
}
