using ChatGovernance.Bot.Chat;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;

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
        var does = name == Fields.Target && payload.View is { Id: { } view } && FormPlace.Read(payload.View.CallbackId, payload.View.PrivateMetadata) is { Purpose: FormPurpose.Ask } form
            ? new Meaning.Does(FormSubjects.Of(form.Id.ToString()), new Command.PickTarget(by, form.Id, view, Input(payload.View)))
            : PressedButton.Read(by, trigger, name, action.Value);
        return new SlackAct.Take(CommandParser.Key(trigger), does.Subject, does.Command, SlackAnswers.Empty);
    }

    private static SlackAct Submitted(InteractionPayload payload)
    {
        if (By(payload) is not { } by || payload.View is not { } view || !SlackIds.IsKey(payload.TriggerId))
            return new SlackAct.Malformed();

        var place = FormPlace.Read(view.CallbackId, view.PrivateMetadata);
        return SentForm.Read(by, place, view.CallbackId, Input(view)) switch
        {
            Meaning.Wrong wrong => new SlackAct.Reply(SlackAnswers.Errors([wrong.Error])),
            Meaning.Checked check => new SlackAct.Check(Take(check.Submission), check.Inputs, Take(check.Impossible), check.SpeaksOfTarget),
            Meaning.Does does => Take(does),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

        SlackAct.Take Take(Meaning.Does does) => new(
            place is null || does.Command is Command.Impossible ? CommandParser.Key(payload.TriggerId!) : $"slack:form:{place.Id}:{by}", does.Subject, does.Command, SlackAnswers.Clear);
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
}
