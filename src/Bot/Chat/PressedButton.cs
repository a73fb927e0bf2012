using ChatGovernance.Core.Approvals;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Chat;

/// <summary>Reads a press by the button's name and value, which are believed by nobody: who may press what is found out later.</summary>
internal static class PressedButton
{
    public static Meaning.Does Read(ChatAccount by, string trigger, string name, string? value)
    {
        return name switch
        {
            ActionIds.Approve when RequestId.TryParse(value, out var request) =>
                Take(Subject.Of(request), new Command.CastVote(by, request, Choice.Approve, null)),
            ActionIds.Deny when RequestId.TryParse(value, out var request) =>
                Take(FormSubjects.Of(trigger), new Command.OpenDenyForm(by, trigger, request)),
            ActionIds.Cancel when RequestId.TryParse(value, out var request) =>
                Take(Subject.Of(request), new Command.CancelRequest(by, request)),
            ActionIds.Nudge when RequestId.TryParse(value, out var request) =>
                Take(Subject.Of(request), new Command.Nudge(by, request)),
            ActionIds.Shorten when RequestId.TryParse(value, out var request) =>
                Take(FormSubjects.Of(trigger), new Command.OpenShortenForm(by, trigger, request)),
            ActionIds.Question when RequestId.TryParse(value, out var request) =>
                Take(FormSubjects.Of(trigger), new Command.OpenQuestionForm(by, trigger, request)),
            ActionIds.Answer when FormPlace.ReadQuestion(value) is { } asked =>
                Take(FormSubjects.Of(trigger), new Command.OpenAnswerForm(by, trigger, asked.Request, asked.Question)),
            ActionIds.Extend when RequestId.TryParse(value, out var request) =>
                Take(FormSubjects.Of(trigger), new Command.OpenExtendForm(by, trigger, request)),
            ActionIds.Return when RequestId.TryParse(value, out var request) =>
                Take(Subject.Of(request), new Command.ReturnGrant(by, request)),
            ActionIds.Revoke when RequestId.TryParse(value, out var request) =>
                Take(Subject.Of(request), new Command.RevokeGrant(by, request)),
            ActionIds.AskOffered when FormPlace.ReadWay(value) is { } offered =>
                Take(FormSubjects.Of(trigger), new Command.OpenOfferForm(by, trigger, offered.Offer, offered.Way)),
            ActionIds.ConfirmLoginPolicy or ActionIds.RejectLoginPolicy when LoginChangeId.TryParse(value, out var change) =>
                Take(Subject.Of(change), new Command.DecideLoginPolicy(by, change, Confirm: name == ActionIds.ConfirmLoginPolicy)),
            ActionIds.Ask => Take(FormSubjects.Of(trigger), new Command.OpenRequestForm(by, trigger, "")),
            _ => Take(Subject.Of(by), new Command.Impossible(by, $"a click on \"{Shown(name)}\" with the value \"{Shown(value)}\"")),
        };

        static Meaning.Does Take(Subject subject, Command command) => new(subject, command);
    }

    /// <summary>Ids of ours are short; what somebody made up is shown far enough to be recognised.</summary>
    public static string Shown(string? text) => Core.Text.Cut(Core.Text.Clean(text), 80);
}
