using ChatGovernance.Bot.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Work;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Teams.Ingress;

/// <summary>Reads activities with the parser that saw them when they arrived.</summary>
internal sealed class TeamsDeliveryReader(IOptions<TeamsOptions> options) : IDeliveryReader
{
    public bool Reads(string kind) => kind is DeliveryKind.Activity or DeliveryKind.ImpossibleForm or DeliveryKind.Misplaced or DeliveryKind.Returned;

    /// <exception cref="FormatException">The stored payload is none that is ever stored.</exception>
    public Command Read(Delivery delivery)
    {
        if (TeamsJson.Read(delivery.Payload, TeamsJson.Default.Activity) is not { } activity || TeamsIds.Account(activity, options.Value.Anonymous) is not { } by)
            throw new FormatException("No activity of anybody's.");
        return (delivery.Kind, ActivityParser.Read(activity, by)) switch
        {
            (DeliveryKind.Misplaced, _) => Misplaced(by, activity),
            (DeliveryKind.Returned, _) => new Command.Arrive(by),
            (_, TeamsAct.Arrives) => new Command.Arrive(by),
            (_, TeamsAct.Typed typed) => typed.Meaning.Command,
            (_, TeamsAct.InCard { Press: CardPress.Opens opens }) => opens.Command,
            (_, TeamsAct.InCard { Press: CardPress.Does does }) => does.Meaning.Command,
            (DeliveryKind.ImpossibleForm, TeamsAct.InCard { Press: CardPress.Sends { Meaning: Meaning.Checked check } }) => check.Impossible.Command,
            (_, TeamsAct.InCard { Press: CardPress.Sends { Meaning: Meaning.Checked check } }) => check.Submission.Command,
            (_, TeamsAct.InCard { Press: CardPress.Sends { Meaning: Meaning.Does does } }) => does.Command,
            _ => throw new FormatException("No command in a stored activity."),
        };
    }

    /// <summary>Who pressed waits for the answer to an invoke, and is told by it.</summary>
    private static Command.Impossible Misplaced(ChatAccount by, Activity activity) =>
        new(by, $"a press in a message in which nothing of the kind is shown to them ({PressedButton.Shown(activity.ReplyToId)})", Answered: activity.Type == "invoke");
}
