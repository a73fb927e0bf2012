using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ChatGovernance.Bot.Slack.Ingress;
using ChatGovernance.Bot.Slack.Rendering;
using ChatGovernance.Bot.Slack.Socket;
using ChatGovernance.Bot.Slack.WebApi;

namespace ChatGovernance.Bot.Slack;

/// <summary>Slack's JSON, both ways.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 64)]
[JsonSerializable(typeof(InteractionPayload))]
[JsonSerializable(typeof(EventPayload))]
[JsonSerializable(typeof(FramePayload))]
[JsonSerializable(typeof(AckPayload))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(CommandAnswer))]
[JsonSerializable(typeof(ViewAnswer))]
[JsonSerializable(typeof(ChallengeAnswer))]
[JsonSerializable(typeof(OptionsAnswer))]
[JsonSerializable(typeof(IReadOnlyList<Block>))]
[JsonSerializable(typeof(View))]
[JsonSerializable(typeof(AuthAnswer))]
[JsonSerializable(typeof(ConnectionAnswer))]
[JsonSerializable(typeof(PostedAnswer))]
[JsonSerializable(typeof(EmptyAnswer))]
[JsonSerializable(typeof(ConversationAnswer))]
[JsonSerializable(typeof(ConversationsAnswer))]
[JsonSerializable(typeof(MessagesAnswer))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(ViewShownAnswer))]
[JsonSerializable(typeof(MessageMetadata))]
[JsonSerializable(typeof(PostMessage))]
[JsonSerializable(typeof(UpdateMessage))]
[JsonSerializable(typeof(DeleteMessage))]
[JsonSerializable(typeof(OpenConversation))]
[JsonSerializable(typeof(JoinConversation))]
[JsonSerializable(typeof(OpenView))]
[JsonSerializable(typeof(UpdateView))]
[JsonSerializable(typeof(PublishView))]
internal sealed partial class SlackJson : JsonSerializerContext
{
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
    public static T? Read<T>(string json, JsonTypeInfo<T> type)
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
}
