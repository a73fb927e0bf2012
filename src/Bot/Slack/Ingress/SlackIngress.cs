using System.Diagnostics;
using ChatGovernance.Bot.Slack.Rendering;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Work;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Verify, parse, store, answer. Nothing here calls Slack or the directory.</summary>
internal sealed partial class SlackIngress(
    IInbox inbox, IWake wake, ICatalog catalog, FormCheck forms, IOptions<SlackOptions> options, SlackMetrics metrics, TimeProvider time, ILogger<SlackIngress> log)
{
    /// <summary>
    /// Slack waits 3 s (https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response); what is not
    /// stored by now is told in time.
    /// </summary>
    public static readonly TimeSpan StoreWithin = TimeSpan.FromSeconds(2);

    /// <summary>As many as Slack shows (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element).</summary>
    private const int SearchResults = SlackLimits.SelectOptions;

    private const string NotTaken = "This was not taken, because something here is not working. Please try again in a moment.";

    public async Task<SlackAck> Receive(HttpRequest request, string kind, CancellationToken ct)
    {
        byte[]? body;
        try
        {
            body = await RequestBody.Read(request, ct);
        }
        catch (BadHttpRequestException e)
        {
            var oversized = e.StatusCode == StatusCodes.Status413PayloadTooLarge;
            return Refuse(kind, oversized ? RefusedFor.Oversized : RefusedFor.Malformed, e.StatusCode);
        }

        if (body is null)
            return Refuse(kind, RefusedFor.Oversized, StatusCodes.Status413PayloadTooLarge);
        if (SlackSignature.Check(
                options.Value.SigningSecret!,
                request.Headers[SlackSignature.TimestampHeader].ToString(),
                request.Headers[SlackSignature.SignatureHeader].ToString(),
                body,
                time.GetUtcNow()) is { } reason)
            return Refuse(kind, reason, StatusCodes.Status401Unauthorized);

        return await Act(kind, body, SlackDeliveryReader.Parse(kind, body), ct);
    }

    private async Task<SlackAck> Act(string kind, byte[] body, SlackAct act, CancellationToken ct)
    {
        switch (act)
        {
            case SlackAct.Take take:
                return await InTime(token => Store(take, kind, body, token), kind, ct) is { } stored ? Answer(Acknowledged.Taken, stored) : Unavailable(kind, act);
            case SlackAct.Check check:
                return await InTime(token => Submit(check, kind, body, token), kind, ct) is { } checkedAnswer ? Answer(Acknowledged.Checked, checkedAnswer) : Unavailable(kind, act);
            case SlackAct.Reply reply:
                return Answer(Acknowledged.Replied, reply.Answer);
            case SlackAct.Suggest search:
                return Answer(Acknowledged.Replied, SlackAnswers.Options(catalog.Current.Search(search.Text, SearchResults).Select(entry => FormRenderer.Option(RequestForm.Option(entry)))));
            case SlackAct.Ignore:
                metrics.CountIgnored(kind);
                return Answer(Acknowledged.Ignored, SlackAnswers.Empty);
            case SlackAct.Malformed:
                return Refuse(kind, RefusedFor.Malformed, StatusCodes.Status400BadRequest);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<byte[]> Submit(SlackAct.Check check, string kind, byte[] body, CancellationToken ct)
    {
        // Before the fields are checked: what was right when it was first sent may be refused by now.
        if (await inbox.Answered([check.Impossible.Key, check.Submission.Key], ct) is { } first)
            return first;

        var verdict = forms.Check(check.Input);
        if (verdict.Errors.Count == 0)
            return await Store(check.Submission, kind, body, ct);

        // Not consumed: the same form may be corrected and sent again.
        var errors = SlackAnswers.Errors(verdict.Errors);
        return verdict.Impossible ? await Store(check.Impossible with { Answer = errors }, DeliveryKind.ImpossibleForm, body, ct) : errors;
    }

    /// <returns>What to answer: at a repeat what the first was answered.</returns>
    private async Task<byte[]> Store(SlackAct.Take take, string kind, byte[] body, CancellationToken ct)
    {
        var accepted = await inbox.Accept(new Delivery(take.Key, take.Subject, kind, body, take.Answer), ct);
        if (accepted.First)
            wake.Wake(WorkKind.Inbox);
        return accepted.Answer;
    }

    /// <returns>Null: it is not stored, or not in time to say so.</returns>
    private async Task<byte[]?> InTime(Func<CancellationToken, Task<byte[]>> store, string kind, CancellationToken ct)
    {
        try
        {
            return await Deadline.Within(StoreWithin, time, store, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Whatever the database's trouble is called: it was not taken, and the one who waits is told so.
            NotStored(e, kind);
            return null;
        }
    }

    private SlackAck Unavailable(string kind, SlackAct act)
    {
        metrics.CountRefused(kind, RefusedFor.NotStored);
        return act switch
        {
            SlackAct.Take { Command: Command.OpenRequestForm or Command.ShowStatus } when kind == DeliveryKind.Commands => Answer(Acknowledged.NotTaken, SlackAnswers.Ephemeral(NotTaken)),
            SlackAct.Check => Answer(Acknowledged.NotTaken, SlackAnswers.Errors([new FieldError(Fields.Target, NotTaken)])),
            SlackAct.Take { Command: Command.CastVote { Choice: Core.Approvals.Choice.Deny } } => Answer(Acknowledged.NotTaken, SlackAnswers.Errors([new FieldError(Fields.Reason, NotTaken)])),
            _ => new SlackAck(Acknowledged.NotTaken, Results.StatusCode(StatusCodes.Status503ServiceUnavailable)),
        };
    }

    private SlackAck Refuse(string kind, RefusedFor reason, int status)
    {
        metrics.CountRefused(kind, reason);
        return new SlackAck(Acknowledged.Refused, Results.StatusCode(status));
    }

    private static SlackAck Answer(Acknowledged how, byte[] body) => new(how, body.Length == 0 ? Results.Ok() : Results.Bytes(body, "application/json"));

    [LoggerMessage(1, LogLevel.Error, "A delivery of kind {Kind} was not stored, and is not called taken.")]
    private partial void NotStored(Exception e, string kind);
}
