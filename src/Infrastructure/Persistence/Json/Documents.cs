using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatGovernance.Infrastructure.Persistence.Json;

/// <summary>
/// The JSON inside rows. By reflection, not source-generated: a closed family's members are found where they are
/// nested, so that a new one is stored from the start.
/// </summary>
internal static class Documents
{
    public static JsonSerializerOptions Options { get; } = Make();

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <exception cref="JsonException">Not written by <see cref="Write"/>.</exception>
    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"There is no {typeof(T).Name} in this row.");

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            IgnoreReadOnlyProperties = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ClosedFamilies.Describe } },
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
                TextConverters.Person,
                TextConverters.Target,
                TextConverters.Group,
                TextConverters.Account,
                TextConverters.Request,
                TextConverters.Login,
                TextConverters.Subject,
                TextConverters.Audience,
                new FactConverter(),
            },
        };
        options.MakeReadOnly();
        return options;
    }
}
