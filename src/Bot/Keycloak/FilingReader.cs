using System.Text.Json;
using System.Text.Json.Serialization;
using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Keycloak;

/// <summary>Reads what somebody asked for in the form at login.</summary>
internal sealed class FilingReader : IDeliveryReader
{
    public const string Kind = "keycloak/access-request";
    public const string EventType = "io.chatgovernance.keycloak.access-request";

    /// <summary>As many as the form lets somebody pick.</summary>
    private const int MostTargets = 20;

    public bool Reads(string kind) => kind == Kind;

    /// <exception cref="FormatException">The stored payload is none that is ever stored.</exception>
    public Command Read(Delivery delivery) => Envelope(delivery.Payload) is { } envelope && Parse(envelope) is { } filed ? filed : throw new FormatException("No request in a stored delivery.");

    /// <summary>Null: no event.</summary>
    public static EventEnvelope? Envelope(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, EventJson.Default.EventEnvelope);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null: the form could not have sent this.</summary>
    public static Command.FileAtLogin? Parse(EventEnvelope envelope)
    {
        if (envelope is not { Type: EventType, Data: { User: { } user, Targets: { Count: > 0 and <= MostTargets } texts, Reason: { } reason, Length: { } length } }
            || !Durations.TryParse(length, out var span) || Text.Clean(reason) is not { Length: > 0 and <= Submission.ReasonMaximum } justification)
            return null;

        var targets = new List<TargetId>();
        foreach (var text in texts)
        {
            if (!TargetId.TryParse(text, out var target))
                return null;
            targets.Add(target);
        }

        return PersonId.TryParse(user, out var person) ? new Command.FileAtLogin(person, targets, span, justification) : null;
    }
}

/// <summary>The part of an event that is looked at.</summary>
internal sealed record EventEnvelope(string? Type, string? Source, FilingData? Data);

/// <param name="Length">Such as <c>8h</c>.</param>
internal sealed record FilingData(string? User, IReadOnlyList<string>? Targets, string? Length, string? Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EventEnvelope))]
internal sealed partial class EventJson : JsonSerializerContext;
