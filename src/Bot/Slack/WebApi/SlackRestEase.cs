using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RestEase;

[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(RestClient.FactoryAssemblyName)]

namespace ChatGovernance.Bot.Slack.WebApi;

/// <summary>RestEase on the source-generated context.</summary>
internal static class SlackRestEase
{
    public static ISlackApi Create(HttpClient http) => new RestClient(http)
    {
        ResponseDeserializer = new Reader(),
        RequestBodySerializer = new Writer(),
    }.For<ISlackApi>();

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)(SlackJson.Default.GetTypeInfo(typeof(T))
        ?? throw new InvalidOperationException($"{typeof(T)} is not in {nameof(SlackJson)}"));

    private sealed class Reader : ResponseDeserializer
    {
        public override T Deserialize<T>(string? content, HttpResponseMessage response, ResponseDeserializerInfo info) =>
            JsonSerializer.Deserialize(content ?? "", TypeInfo<T>()) ?? throw new JsonException("An answer of nothing.");
    }

    private sealed class Writer : RequestBodySerializer
    {
        public override HttpContent SerializeBody<T>(T body, RequestBodySerializerInfo info)
        {
            var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, TypeInfo<T>()));
            // https://docs.slack.dev/apis/web-api#posting_json: the charset is asked for
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            return content;
        }
    }
}
