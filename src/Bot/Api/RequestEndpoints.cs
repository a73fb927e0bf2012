using ChatGovernance.Bot.Api.Models;
using ChatGovernance.Core;
using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Api;

/// <summary>Requests: file, look, decide, withdraw.</summary>
internal sealed class RequestEndpoints(
    SeeAccess see, FileRequests file, CancelRequest cancel, DecideByToken decide, RemindApprovers remind, AskQuestion ask, AnswerQuestion answer, AnswerOnce once, ICatalog catalog, TimeProvider time)
{
    public const string Path = "/api/access-requests";

    private const int IdAndComma = 33;

    private static readonly string[] states = ["received", "pending", "approved", "denied", "cancelled", "lapsed", "refused"];

    public async Task<Answer> File(HttpRequest request, Caller by, CancellationToken ct)
    {
        var (call, refused) = await Call.Read(request, by, time.GetUtcNow(), ct);
        if (call is null)
            return refused!;
        return await once.Run(
            call,
            null,
            async token =>
            {
                // Only now: what was right when it was first sent may be too late by now, and is answered as it was.
                var (body, unreadable) = call.As(ApiJson.Default.FilingBody);
                if (body is null)
                    return new Verdict.Told(unreadable!);
                var (wanted, wrong) = WantedReader.Read(body, by, call.ReceivedAt);
                return wanted is null ? new Verdict.Told(wrong!) : await file.Judge(wanted, token);
            },
            Filed,
            ct);
    }

    /// <summary>The request, with the others where they are several.</summary>
    public static Answer Filed(Changes changes) => changes.Filed switch
    {
        [var only] => Answer.Of(StatusCodes.Status201Created, Shown.Of(only), ApiJson.Default.AccessRequestShown) with { Location = $"{Path}/{only.Id}", ETag = ETags.Write(1) },
        var several => Answer.Of(StatusCodes.Status201Created, Shown.Of(several[0]) with { Also = [.. several.Skip(1).Select(Shown.Of)] }, ApiJson.Default.AccessRequestShown) with
        {
            Location = $"{Path}?ids={string.Join(',', several.Select(request => request.Id))}",
        },
    };

    public async Task<Answer> List(HttpRequest request, Caller by, CancellationToken ct)
    {
        var query = new QueryReader(request, "ids", "status", "requester", "beneficiary", "resourceType", "resourceId", "waitingForMe", "cursor", "limit");
        var ids = (query.Text("ids", FileRequests.AtMost * IdAndComma) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => RequestId.TryParse(id, out var read) ? read : (RequestId?)null).ToList();
        if (ids.Contains(null) || ids.Count > FileRequests.AtMost)
            query.Wrong("ids", $"must be up to {FileRequests.AtMost} ids of requests, with commas between them");
        var asked = new RequestQuery
        {
            Ids = [.. ids.OfType<RequestId>()],
            State = query.OneOf("status", states),
            Requester = query.Person("requester"),
            Beneficiary = query.Person("beneficiary"),
            Target = query.Target(catalog.Current),
            WaitingFor = query.OneOf("waitingForMe", "true", "false") == "true" ? by.Person.Id : null,
        };
        var after = query.Cursor(text => RequestId.TryParse(text, out var id) ? id : (RequestId?)null);
        var limit = query.Limit;
        if (query.Refused is { } wrong)
            return wrong;
        return Show(await see.Requests(by.Person, asked, after, limit, ct), page => Answer.Of(
            StatusCodes.Status200OK,
            new AccessRequestList([.. page.Items.Select(item => Shown.Of(item.Value))]) { Next = page.More ? Cursors.Write(page.Items[^1].Value.Id.ToString()) : null },
            ApiJson.Default.AccessRequestList));
    }

    public async Task<Answer> Get(HttpRequest request, Caller by, string id, CancellationToken ct)
    {
        if (!RequestId.TryParse(id, out var known))
            return Problems.NotFound();
        return Show(await see.Request(by.Person, known, ct), found => ETags.IsKnown(request, found.Version)
            ? new Answer(StatusCodes.Status304NotModified, []) { ETag = ETags.Write(found.Version) }
            : Answer.Of(StatusCodes.Status200OK, Shown.Of(found.Value), ApiJson.Default.AccessRequestShown) with { ETag = ETags.Write(found.Version) });
    }

    public Task<Answer> Cancel(HttpRequest request, Caller by, string id, CancellationToken ct) =>
        Change(request, by, id, StatusCodes.Status200OK, (call, known, token) => cancel.Judge(by.Actor, known, token), ct);

    public Task<Answer> Remind(HttpRequest request, Caller by, string id, CancellationToken ct) =>
        Change(request, by, id, StatusCodes.Status202Accepted, (call, known, token) => remind.Judge(by.Actor, known, $"{known}:{call.ReceivedAt.UtcTicks}", token), ct);

    public async Task<Answer> Vote(HttpRequest request, Caller by, string id, CancellationToken ct)
    {
        if (!RequestId.TryParse(id, out var known))
            return Problems.NotFound();
        var (call, refused) = await Call.Read(request, by, time.GetUtcNow(), ct);
        if (call is null)
            return refused!;
        var (body, unreadable) = call.As(ApiJson.Default.VoteBody);
        if (body is null)
            return unreadable!;

        TimeSpan? atMost = null;
        if (body.AtMost is { } text)
        {
            if (body.Choice != VoteChoice.Approve || !Durations.TryParse(text, out var span))
                return Problems.Invalid(new ProblemField("/atMost", "An approval may be for at most a time such as 30m, 8h or PT8H."));
            atMost = span;
        }

        if (DenyForm.Check(Text.Clean(body.Reason)) is { } tooLong)
            return Problems.Invalid(new ProblemField("/reason", tooLong.Message));
        return await Change(call, known, StatusCodes.Status202Accepted, (_, _, token) => decide.Judge(
            by, known, body.Choice == VoteChoice.Approve ? Choice.Approve : Choice.Deny, body.Reason, atMost, call.ReceivedAt, token), ct);
    }

    public Task<Answer> Ask(HttpRequest request, Caller by, string id, CancellationToken ct) =>
        Say(request, by, id, StatusCodes.Status201Created, (call, known, text, token) => ask.Judge(by.Actor, known, text, call.ReceivedAt, token), ct);

    public Task<Answer> AnswerQuestion(HttpRequest request, Caller by, string id, string question, CancellationToken ct) => Say(
        request,
        by,
        id,
        StatusCodes.Status200OK,
        async (_, known, text, token) => Guid.TryParseExact(question, "N", out var asked) ? await answer.Judge(by.Actor, known, asked, text, token) : new Judgement.Refused(new Refusal.UnknownQuestion()),
        ct);

    private async Task<Answer> Say(HttpRequest request, Caller by, string id, int status, Func<Call, RequestId, string, CancellationToken, Task<Judgement>> judge, CancellationToken ct)
    {
        if (!RequestId.TryParse(id, out var known))
            return Problems.NotFound();
        var (call, refused) = await Call.Read(request, by, time.GetUtcNow(), ct);
        if (call is null)
            return refused!;
        var (body, unreadable) = call.As(ApiJson.Default.WordsBody);
        if (body is null)
            return unreadable!;
        return QuestionForms.Check(body.Text) is { } wrong
            ? Problems.Invalid(new ProblemField("/text", wrong.Message))
            : await Change(call, known, status, (_, _, token) => judge(call, known, body.Text, token), ct);
    }

    private async Task<Answer> Change(HttpRequest request, Caller by, string id, int status, Func<Call, RequestId, CancellationToken, Task<Judgement>> judge, CancellationToken ct)
    {
        if (!RequestId.TryParse(id, out var known))
            return Problems.NotFound();
        var (call, refused) = await Call.Read(request, by, time.GetUtcNow(), ct);
        if (call is null)
            return refused!;
        return call.Nothing() ?? await Change(call, known, status, judge, ct);
    }

    /// <summary>Who may not see it is told that there is none, whatever else is wrong.</summary>
    private Task<Answer> Change(Call call, RequestId id, int status, Func<Call, RequestId, CancellationToken, Task<Judgement>> judge, CancellationToken ct) => once.Run(
        call,
        Subject.Of(id),
        async token => await see.Request(call.By.Person, id, token) switch
        {
            Seen<Versioned<AccessRequest>>.Shown { Value: var found } when call.IfMatch is { } version && version != found.Version => new Verdict.Told(Problems.ChangedMeanwhile()),
            Seen<Versioned<AccessRequest>>.Shown => await judge(call, id, token),
            Seen<Versioned<AccessRequest>>.Unknown unknown => new Verdict.Told(Problems.For(unknown.Why)),
            _ => new Verdict.Told(Problems.NotFound()),
        },
        changes => Answer.Of(status, Shown.Of(changes.Request!.Value), ApiJson.Default.AccessRequestShown) with { ETag = ETags.Write(changes.Request.Version + 1) },
        ct);

    /// <summary>What somebody is shown, or why not.</summary>
    public static Answer Show<T>(Seen<T> seen, Func<T, Answer> show) => seen switch
    {
        Seen<T>.Shown shown => show(shown.Value),
        Seen<T>.Refused refused => Problems.For(refused.Why),
        Seen<T>.Unknown unknown => Problems.For(unknown.Why),
        _ => Problems.NotFound(),
    };
}
