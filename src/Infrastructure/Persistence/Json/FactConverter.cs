using System.Text.Json;
using System.Text.Json.Serialization;
using ChatGovernance.Core.Chat;

namespace ChatGovernance.Infrastructure.Persistence.Json;

/// <summary>A fact has several constructors; the serializer would not know which one to take.</summary>
internal sealed class FactConverter : JsonConverter<Fact>
{
    public override Fact Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var written = JsonSerializer.Deserialize<Written>(ref reader, options) ?? throw new JsonException("Not a fact.");
        return new Fact(written.Label, written.Value);
    }

    public override void Write(Utf8JsonWriter writer, Fact value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Written(value.Label, value.Value), options);

    private sealed record Written(string Label, FactValue Value);
}
