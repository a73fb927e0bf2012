using System.Diagnostics;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Bot.Slack.Rendering;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Parse, store, say what to answer: the same for every way by which Slack delivers. Nothing here calls Slack or the directory.</summary>
internal sealed class SlackIntake(StoreDelivery storing, ICatalog catalog, SlackMetrics metrics)
{
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
                return await storing.Store(Delivery(take, kind, body), ct) is { } stored ? new Intake.Answered(Acknowledged.Taken, stored) : NotStored(kind, act);
            case SlackAct.Check check:
                return await storing.Store(Sent(check, kind, body), ct) is { } verdict ? new Intake.Answered(Acknowledged.Checked, verdict) : NotStored(kind, act);
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

    private static SentDelivery Sent(SlackAct.Check check, string kind, byte[] body) => new(
        Delivery(check.Submission, kind, body), Delivery(check.Impossible, DeliveryKind.ImpossibleForm, body), check.Inputs, check.SpeaksOfTarget, (errors, _) => Task.FromResult(SlackAnswers.Errors(errors)));

    private static Delivery Delivery(SlackAct.Take take, string kind, byte[] body) => new(take.Key, take.Subject, kind, body, take.Answer);

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
}
