using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Chat;

/// <summary>Reads a form that was sent; what is in it is believed by nobody.</summary>
internal static class SentForm
{
    /// <param name="place">Null: no form of ours carries what this one carried.</param>
    /// <param name="name">What it called itself.</param>
    public static Meaning Read(ChatAccount by, FormPlace? place, string? name, FormInput input)
    {
        return place switch
        {
            { Purpose: FormPurpose.Ask } form => new Meaning.Checked(
                new Meaning.Does(Subject.Of(by), new Command.SubmitRequest(by, form.Id, input)),
                [input],
                Impossible($"a request form with the target \"{PressedButton.Shown(input[Fields.Target])}\" and the length \"{PressedButton.Shown(input[Fields.Duration])}\"", answered: true)),
            { Purpose: FormPurpose.Deny } when DenyForm.Check(input[Fields.Reason]) is { } error => new Meaning.Wrong(error),
            { Purpose: FormPurpose.Deny deny } => new Meaning.Does(
                Subject.Of(deny.Request),
                new Command.CastVote(by, deny.Request, Choice.Deny, input[Fields.Reason] is { Length: > 0 } reason ? reason : null)),
            { Purpose: FormPurpose.Question or FormPurpose.Answer } when QuestionForms.Check(input[Fields.Question]) is { } error => new Meaning.Wrong(error),
            // Of its own order: one that has to wait must not keep decisions waiting.
            { Purpose: FormPurpose.Question about } form => new Meaning.Does(FormSubjects.Of(form.Id.ToString()), new Command.AskQuestion(by, about.Request, input[Fields.Question])),
            { Purpose: FormPurpose.Answer answer } form => new Meaning.Does(FormSubjects.Of(form.Id.ToString()), new Command.AnswerQuestion(by, answer.Request, answer.Asked, input[Fields.Question])),
            { Purpose: FormPurpose.Shorten shorten } when ShortenForm.Read(input) is { } atMost => new Meaning.Does(
                Subject.Of(shorten.Request),
                new Command.CastVote(by, shorten.Request, Choice.Approve, null, atMost)),
            { Purpose: FormPurpose.Extend extend } form => new Meaning.Checked(
                new Meaning.Does(Subject.Of(by), new Command.SubmitExtension(by, form.Id, extend.Request, input)),
                [Submission.WithTarget(extend.Target, input)],
                Impossible($"an extension with the length \"{PressedButton.Shown(input[Fields.Duration])}\"", answered: true),
                Fields.Duration),
            { Purpose: FormPurpose.Offered offered } form => new Meaning.Checked(
                new Meaning.Does(Subject.Of(by), new Command.SubmitOffered(by, form.Id, offered.Offer, offered.Way, input)),
                [.. offered.Targets.Select(target => Submission.WithTarget(target, input))],
                Impossible($"a request for several with the length \"{PressedButton.Shown(input[Fields.Duration])}\"", answered: true),
                Fields.Duration),
            _ => Impossible($"a form \"{PressedButton.Shown(name)}\""),
        };

        Meaning.Does Impossible(string what, bool answered = false) => new(Subject.Of(by), new Command.Impossible(by, what, answered));
    }
}
