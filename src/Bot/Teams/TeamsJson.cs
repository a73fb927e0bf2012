using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ChatGovernance.Bot.Teams.Connector;
using ChatGovernance.Bot.Teams.Ingress;
using ChatGovernance.Bot.Teams.Rendering;

namespace ChatGovernance.Bot.Teams;

/// <summary>The JSON of the Bot Framework's protocol, both ways.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 64)]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(ActionValue))]
[JsonSerializable(typeof(DialogValue))]
[JsonSerializable(typeof(SearchValue))]
[JsonSerializable(typeof(AdaptiveCard))]
[JsonSerializable(typeof(CardAnswer))]
[JsonSerializable(typeof(WordsAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(DialogAnswer))]
[JsonSerializable(typeof(DialogContent))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(OutgoingActivity))]
[JsonSerializable(typeof(NewConversation))]
[JsonSerializable(typeof(Posted))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(MemberRow))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(ConnectorError))]
internal sealed partial class TeamsJson : JsonSerializerContext
{
    /// <summary>Letters of every language are sent as they are: escaped they would take three times the room.</summary>
    public static TeamsJson Sent { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Null: it is no such JSON.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte}, JsonTypeInfo{T})"/>
    public static T? Read<T>(JsonElement json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object ? json.Deserialize(type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
