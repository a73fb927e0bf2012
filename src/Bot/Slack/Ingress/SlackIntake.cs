using System.Diagnostics;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Bot.Slack.Rendering;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Work;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Parse, store, say what to answer: the same for every way by which Slack delivers. Nothing here calls Slack or the directory.</summary>
internal sealed partial class SlackIntake(
    IInbox inbox, IWake wake, ICatalog catalog, FormCheck forms, SlackMetrics metrics, TimeProvider time, ILogger<SlackIntake> log)
{
    /// <summary>
    /// Slack waits 3 s (https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response); what is not
    /// stored by now is told in time.
    /// </summary>
    public static readonly TimeSpan StoreWithin = TimeSpan.FromSeconds(2);

    /// <summary>As many as Slack shows (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element).</summary>
    private const int SearchResults = SlackLimits.SelectOptions;

    private const string NotTaken = "This was not taken, because something here is not working. Please try again in a moment.";

    /// <param name="kind">One of <see cref="DeliveryKind"/>.</param>
    /// <param name="body">Verified to be Slack's, as it comes by HTTP.</param>
    public async Task<Intake> Take(string kind, byte[] body, CancellationToken ct)
    {
        var act = SlackDeliveryReader.Parse(kind, body);
        switch (act)
        {
            case SlackAct.Take take:
                return await InTime(token => Store(take, kind, body, token), kind, ct) is { } stored ? new Intake.Answered(Acknowledged.Taken, stored) : NotStored(kind, act);
            case SlackAct.Check check:
                return await InTime(token => Submit(check, kind, body, token), kind, ct) is { } verdict ? new Intake.Answered(Acknowledged.Checked, verdict) : NotStored(kind, act);
            case SlackAct.Reply reply:
                return new Intake.Answered(Acknowledged.Replied, reply.Answer);
            case SlackAct.Suggest search:
                return new Intake.Answered(Acknowledged.Replied, SlackAnswers.Options(catalog.Current.Search(search.Text, SearchResults).Select(entry => FormRenderer.Option(RequestForm.Option(entry)))));
            case SlackAct.Ignore:
                metrics.CountIgnored(kind);
                return new Intake.Answered(Acknowledged.Ignored, SlackAnswers.Empty);
            case SlackAct.Malformed:
                metrics.CountRefused(kind, RefusedFor.Malformed);
                return new Intake.Malformed();
            default:
                throw new UnreachableException();
        }
    }

    private async Task<byte[]> Submit(SlackAct.Check check, string kind, byte[] body, CancellationToken ct)
    {
        // Before the fields are checked: what was right when it was first sent may be refused by now.
        if (await inbox.Answered([check.Impossible.Key, check.Submission.Key], ct) is { } first)
            return first;

        var verdict = forms.Check(check.Inputs);
        if (verdict.Errors.Count == 0)
            return await Store(check.Submission, kind, body, ct);

        // Not consumed: the same form may be corrected and sent again.
        var errors = SlackAnswers.Errors([.. verdict.Errors.Select(error => error.Field == Fields.Target ? error with { Field = check.SpeaksOfTarget } : error).DistinctBy(error => error.Field)]);
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
            LogNotStored(e, kind);
            return null;
        }
    }

    private Intake NotStored(string kind, SlackAct act)
    {
        metrics.CountRefused(kind, RefusedFor.NotStored);
        return act switch
        {
            SlackAct.Take when kind == DeliveryKind.Commands => new Intake.Answered(Acknowledged.NotTaken, SlackAnswers.Ephemeral(NotTaken)),
            SlackAct.Check check => new Intake.Answered(Acknowledged.NotTaken, SlackAnswers.Errors([new FieldError(check.SpeaksOfTarget, NotTaken)])),
            SlackAct.Take { Command: Command.CastVote { AtMost: not null } } => new Intake.Answered(Acknowledged.NotTaken, SlackAnswers.Errors([new FieldError(Fields.Duration, NotTaken)])),
            SlackAct.Take { Command: Command.AskQuestion or Command.AnswerQuestion } => new Intake.Answered(Acknowledged.NotTaken, SlackAnswers.Errors([new FieldError(Fields.Question, NotTaken)])),
            SlackAct.Take { Command: Command.CastVote { Choice: Core.Approvals.Choice.Deny } } => new Intake.Answered(Acknowledged.NotTaken, SlackAnswers.Errors([new FieldError(Fields.Reason, NotTaken)])),
            _ => new Intake.NotStored(),
        };
    }

    [LoggerMessage(1, LogLevel.Error, "A delivery of kind {Kind} was not stored, and is not called taken.")]
    private partial void LogNotStored(Exception e, string kind);
}
