using System.Text.Json;
using System.Text.RegularExpressions;
using ChatGovernance.Bot.Chat;
using ChatGovernance.Bot.Teams.Rendering;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>Reads an activity by what is in it alone; the same when it arrives and when it is taken up.</summary>
internal static partial class ActivityParser
{
    /// <summary>As people write it; in front of a subcommand it may be left out.</summary>
    private const string CommandName = "request access";

    public static TeamsAct Read(Activity activity, ChatAccount by) => (activity.Type, activity.Name) switch
    {
        ("message", _) when activity.Value.ValueKind == JsonValueKind.Object => InCard(activity.Value, null, FormSurface.Chat, by),
        ("message", _) => Typed(activity, by),
        ("installationUpdate", _) => activity.Action switch
        {
            "add" or "add-upgrade" => new TeamsAct.Arrives(),
            "remove" or "remove-upgrade" => new TeamsAct.Leaves(),
            _ => new TeamsAct.Ignore(),
        },
        ("conversationUpdate", _) when activity.MembersRemoved?.Any(member => IsBot(member, activity)) == true => new TeamsAct.Leaves(),
        ("invoke", "adaptiveCard/action") => TeamsJson.Read(activity.Value, TeamsJson.Default.ActionValue)?.Action is { } pressed
            ? InCard(pressed.Data, pressed.Verb ?? "", FormSurface.Card, by)
            : new TeamsAct.Malformed(),
        ("invoke", "task/fetch" or "task/submit") => TeamsJson.Read(activity.Value, TeamsJson.Default.DialogValue) is { Data.ValueKind: JsonValueKind.Object } dialog
            ? InCard(dialog.Data, null, FormSurface.Dialog, by)
            : new TeamsAct.Malformed(),
        ("invoke", "application/search") => TeamsJson.Read(activity.Value, TeamsJson.Default.SearchValue) is { } search
            ? new TeamsAct.Searches(search.QueryText ?? "", search.Dataset)
            : new TeamsAct.Malformed(),
        ("invoke", _) => new TeamsAct.Unknown(),
        _ => new TeamsAct.Ignore(),
    };

    /// <summary>What nobody in particular did: a channel that the bot came to, or was taken out of.</summary>
    public static TeamsAct ReadOfNobody(Activity activity) =>
        (activity.Type == "installationUpdate" && activity.Action is "remove" or "remove-upgrade") || (activity.Type == "conversationUpdate" && activity.MembersRemoved?.Any(member => IsBot(member, activity)) == true)
            ? new TeamsAct.Leaves()
            : new TeamsAct.Ignore();

    private static TeamsAct Typed(Activity activity, ChatAccount by)
    {
        var text = WithoutMention(activity).Trim();
        var named = Named().Match(text);
        if (named.Success || TypedCommand.Knows(text))
        {
            var meaning = TypedCommand.Read(by, by.ToString(), CommandName, named.Success ? text[named.Length..].Trim() : text, person => person);
            return new TeamsAct.Typed(meaning switch
            {
                Meaning.Does does => does,
                Meaning.Told told => Says(by, told.Text),
                _ => throw new System.Diagnostics.UnreachableException(),
            });
        }

        return new TeamsAct.Typed(text.Equals(HomeRenderer.Title, StringComparison.OrdinalIgnoreCase)
            ? new Meaning.Does(Subject.Of(by), new Command.ShowHome(by, Anew: true))
            : Says(by, CommandHelp.Text(CommandName)));
    }

    private static Meaning.Does Says(ChatAccount by, string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new Meaning.Does(Subject.Of(by), new Command.Reply(by, lines[0], lines[1..]));
    }

    /// <summary>In channels and group chats the bot is called by its name, which is no part of what is meant.</summary>
    private static string WithoutMention(Activity activity)
    {
        var text = activity.Text ?? "";
        foreach (var mention in activity.Entities?.Where(entity => entity is { Type: "mention", Text.Length: > 0 } && IsBot(entity.Mentioned, activity)) ?? [])
            text = text.Replace(mention!.Text!, "", StringComparison.Ordinal);
        return text.Replace('\u00A0', ' ');
    }

    private static bool IsBot(ActivityAccount? account, Activity activity) => account?.Id is { } id && id == activity.Recipient?.Id;

    /// <param name="verb">Null: it is among what was sent along.</param>
    private static TeamsAct InCard(JsonElement value, string? verb, FormSurface surface, ChatAccount by)
    {
        var data = new SentData(value);
        var name = verb ?? data.Verb ?? "";
        return new TeamsAct.InCard(
            name switch
            {
                CardVerbs.Refresh => new CardPress.Refreshes(),
                CardVerbs.Send => new CardPress.Sends(data.Form, SentForm.Read(by, data.Form, data.FormName, data.Input), data.Input),
                CardVerbs.Pick when data.Form is { Purpose: FormPurpose.Ask } form => new CardPress.Picks(form, data.Input),
                _ => Press(PressedButton.Read(by, by.ToString(), name, data.Value), data.Value),
            },
            surface,
            data.Card);
    }

    private static CardPress Press(Meaning.Does does, string? value)
    {
        Subject? about = RequestId.TryParse(value, out var request) ? Subject.Of(request)
            : LoginChangeId.TryParse(value, out var change) ? Subject.Of(change)
            : FormPlace.ReadQuestion(value) is { } question ? Subject.Of(question.Request)
            : FormPlace.ReadWay(value) is { } way ? Subject.Of(way.Offer)
            : null;
        return does.Command switch
        {
            Command.OpenRequestForm or Command.OpenDenyForm or Command.OpenShortenForm or Command.OpenExtendForm or Command.OpenOfferForm
                or Command.OpenQuestionForm or Command.OpenAnswerForm => new CardPress.Opens(does.Command, about),
            _ => new CardPress.Does(does, about),
        };
    }

    [GeneratedRegex(@"\A/?request[\s-]+access\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
