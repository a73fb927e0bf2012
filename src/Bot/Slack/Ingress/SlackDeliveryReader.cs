using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Slack.Ingress;

/// <summary>Reads deliveries with the parsers that saw them when they arrived.</summary>
internal sealed class SlackDeliveryReader : IDeliveryReader
{
    public bool Reads(string kind) => kind is DeliveryKind.Commands or DeliveryKind.Interactions or DeliveryKind.Events or DeliveryKind.ImpossibleForm;

    /// <exception cref="FormatException">The stored payload is none that is ever stored.</exception>
    public Command Read(Delivery delivery) => (delivery.Kind, Parse(delivery.Kind, delivery.Payload)) switch
    {
        (DeliveryKind.ImpossibleForm, SlackAct.Check check) => check.Impossible.Command,
        (_, SlackAct.Check check) => check.Submission.Command,
        (_, SlackAct.Take take) => take.Command,
        _ => throw new FormatException($"No command in a stored delivery of kind {delivery.Kind}."),
    };

    public static SlackAct Parse(string kind, ReadOnlySpan<byte> body) => kind switch
    {
        DeliveryKind.Commands => CommandParser.Read(body),
        DeliveryKind.Interactions or DeliveryKind.ImpossibleForm => InteractionParser.Read(body),
        DeliveryKind.Options => InteractionParser.ReadSearch(body),
        DeliveryKind.Events => EventParser.Read(body),
        _ => throw new FormatException($"No delivery of ours: {kind}."),
    };
}
