using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Bot.Slack.Rendering;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Reads clicks, submissions and searches.</summary>
internal static class InteractionParser
{
    public static SlackAct Read(ReadOnlySpan<byte> body)
    {
        if (Payload(body) is not { Type: { } type } payload)
            return new SlackAct.Malformed();

        return type switch
        {
            "block_actions" => Clicked(payload),
            "view_submission" => Submitted(payload),
            _ => new SlackAct.Ignore(),
        };
    }

    /// <summary>What is searched for; a search in another field than ours finds nothing.</summary>
    public static SlackAct ReadSearch(ReadOnlySpan<byte> body) => Payload(body) switch
    {
        { Type: "block_suggestion", BlockId: Fields.Target, Value: { } text } => new SlackAct.Suggest(text),
        { Type: "block_suggestion", BlockId: { } } => new SlackAct.Reply(SlackAnswers.Options([])),
        _ => new SlackAct.Malformed(),
    };

    private static InteractionPayload? Payload(ReadOnlySpan<byte> body) =>
        FormBody.Read(body)?.GetValueOrDefault("payload") is { } json ? SlackJson.Read(json, SlackJson.Default.InteractionPayload) : null;

    private static ChatAccount? By(InteractionPayload payload) =>
        SlackIds.Account(payload.Enterprise?.Id ?? payload.Team?.EnterpriseId, payload.User?.TeamId, payload.User?.Id);

    private static SlackAct Clicked(InteractionPayload payload)
    {
        if (By(payload) is not { } by || !SlackIds.IsKey(payload.TriggerId) || payload.Actions is not [{ ActionId: { } name } action, ..])
            return new SlackAct.Malformed();

        var trigger = payload.TriggerId!;
        // The browser has opened the page.
        if (name == ActionIds.LogIn)
            return new SlackAct.Ignore();
        return name switch
        {
            ActionIds.Approve when RequestId.TryParse(action.Value, out var request) =>
                Take(Subject.Of(request), new Command.CastVote(by, request, Choice.Approve, null)),
            ActionIds.Deny when RequestId.TryParse(action.Value, out var request) =>
                Take(CommandParser.FormSubject(trigger), new Command.OpenDenyForm(by, trigger, request)),
            ActionIds.Cancel when RequestId.TryParse(action.Value, out var request) =>
                Take(Subject.Of(request), new Command.CancelRequest(by, request)),
            ActionIds.Nudge when RequestId.TryParse(action.Value, out var request) =>
                Take(Subject.Of(request), new Command.Nudge(by, request)),
            ActionIds.Shorten when RequestId.TryParse(action.Value, out var request) =>
                Take(CommandParser.FormSubject(trigger), new Command.OpenShortenForm(by, trigger, request)),
            ActionIds.Question when RequestId.TryParse(action.Value, out var request) =>
                Take(CommandParser.FormSubject(trigger), new Command.OpenQuestionForm(by, trigger, request)),
            ActionIds.Answer when FormPlace.ReadQuestion(action.Value) is { } asked =>
                Take(CommandParser.FormSubject(trigger), new Command.OpenAnswerForm(by, trigger, asked.Request, asked.Question)),
            ActionIds.Extend when RequestId.TryParse(action.Value, out var request) =>
                Take(CommandParser.FormSubject(trigger), new Command.OpenExtendForm(by, trigger, request)),
            ActionIds.Return when RequestId.TryParse(action.Value, out var request) =>
                Take(Subject.Of(request), new Command.ReturnGrant(by, request)),
            ActionIds.Revoke when RequestId.TryParse(action.Value, out var request) =>
                Take(Subject.Of(request), new Command.RevokeGrant(by, request)),
            ActionIds.AskOffered when FormPlace.ReadWay(action.Value) is { } offered =>
                Take(CommandParser.FormSubject(trigger), new Command.OpenOfferForm(by, trigger, offered.Offer, offered.Way)),
            ActionIds.ConfirmLoginPolicy or ActionIds.RejectLoginPolicy when LoginChangeId.TryParse(action.Value, out var change) =>
                Take(Subject.Of(change), new Command.DecideLoginPolicy(by, change, Confirm: name == ActionIds.ConfirmLoginPolicy)),
            ActionIds.Ask => Take(CommandParser.FormSubject(trigger), new Command.OpenRequestForm(by, trigger, "")),
            Fields.Target when payload.View is { Id: { } view } && FormPlace.Read(payload.View) is { Purpose: FormPurpose.Ask } form =>
                Take(CommandParser.FormSubject(form.Id.ToString()), new Command.PickTarget(by, form.Id, view, Input(payload.View))),
            _ => Take(Subject.Of(by), new Command.Impossible(by, $"a click on \"{Shown(name)}\" with the value \"{Shown(action.Value)}\"")),
        };

        SlackAct.Take Take(Subject subject, Command command) => new(CommandParser.Key(trigger), subject, command, SlackAnswers.Empty);
    }

    private static SlackAct Submitted(InteractionPayload payload)
    {
        if (By(payload) is not { } by || payload.View is not { } view || !SlackIds.IsKey(payload.TriggerId))
            return new SlackAct.Malformed();

        var input = Input(view);
        return FormPlace.Read(view) switch
        {
            { Purpose: FormPurpose.Ask } form => new SlackAct.Check(
                Take(form.Id, Subject.Of(by), new Command.SubmitRequest(by, form.Id, input)),
                [input],
                Impossible($"a request form with the target \"{Shown(input[Fields.Target])}\" and the length \"{Shown(input[Fields.Duration])}\"", answered: true)),
            // Not consumed: the same form may be corrected and sent again.
            { Purpose: FormPurpose.Deny } when DenyForm.Check(input[Fields.Reason]) is { } error => new SlackAct.Reply(SlackAnswers.Errors([error])),
            { Purpose: FormPurpose.Deny deny } form => Take(
                form.Id,
                Subject.Of(deny.Request),
                new Command.CastVote(by, deny.Request, Choice.Deny, input[Fields.Reason] is { Length: > 0 } reason ? reason : null)),
            { Purpose: FormPurpose.Question or FormPurpose.Answer } when QuestionForms.Check(input[Fields.Question]) is { } error => new SlackAct.Reply(SlackAnswers.Errors([error])),
            // Of its own order: one that has to wait must not keep decisions waiting.
            { Purpose: FormPurpose.Question about } form => Take(
                form.Id,
                CommandParser.FormSubject(form.Id.ToString()),
                new Command.AskQuestion(by, about.Request, input[Fields.Question])),
            { Purpose: FormPurpose.Answer answer } form => Take(
                form.Id,
                CommandParser.FormSubject(form.Id.ToString()),
                new Command.AnswerQuestion(by, answer.Request, answer.Asked, input[Fields.Question])),
            { Purpose: FormPurpose.Shorten shorten } form when ShortenForm.Read(input) is { } atMost => Take(
                form.Id,
                Subject.Of(shorten.Request),
                new Command.CastVote(by, shorten.Request, Choice.Approve, null, atMost)),
            { Purpose: FormPurpose.Extend extend } form => new SlackAct.Check(
                Take(form.Id, Subject.Of(by), new Command.SubmitExtension(by, form.Id, extend.Request, input)),
                [Submission.WithTarget(extend.Target, input)],
                Impossible($"an extension with the length \"{Shown(input[Fields.Duration])}\"", answered: true),
                Fields.Duration),
            { Purpose: FormPurpose.Offered offered } form => new SlackAct.Check(
                Take(form.Id, Subject.Of(by), new Command.SubmitOffered(by, form.Id, offered.Offer, offered.Way, input)),
                [.. offered.Targets.Select(target => Submission.WithTarget(target, input))],
                Impossible($"a request for several with the length \"{Shown(input[Fields.Duration])}\"", answered: true),
                Fields.Duration),
            _ => Impossible($"a form \"{Shown(view.CallbackId)}\""),
        };

        SlackAct.Take Take(FormId form, Subject subject, Command command) => new($"slack:form:{form}:{by}", subject, command, SlackAnswers.Clear);
        SlackAct.Take Impossible(string what, bool answered = false) =>
            new(CommandParser.Key(payload.TriggerId!), Subject.Of(by), new Command.Impossible(by, what, answered), SlackAnswers.Clear);
    }

    private static FormInput Input(ViewPayload view)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (block, elements) in view.State?.Values ?? new Dictionary<string, IReadOnlyDictionary<string, EnteredPayload?>?>())
        {
            if (elements?.Values.FirstOrDefault() is { } entered && (entered.Value ?? entered.SelectedOption?.Value) is { } value)
                values[block] = value;
        }

        return new FormInput(values);
    }

    // Ids of ours are short; what somebody made up is shown far enough to be recognised.
    private static string Shown(string? text) => Core.Text.Cut(Core.Text.Clean(text), 80);
}
