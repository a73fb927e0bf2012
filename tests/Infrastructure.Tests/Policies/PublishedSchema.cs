using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatGovernance.TestSupport;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ChatGovernance.Infrastructure.Tests.Policies;

/// <summary>docs/policy.schema.json as an editor applies it to YAML 1.2. Knows the words that stand in it, and throws at any other.</summary>
internal sealed class PublishedSchema
{
    private static readonly HashSet<string> notes = ["$schema", "$defs", "title", "description"];

    private readonly JsonObject root = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "policy.schema.json")))!.AsObject();

    public bool Accepts(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text.TrimStart('\uFEFF')));
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException)
        {
            return false;
        }

        return stream.Documents.Count == 1 && Accepts(root, Json(stream.Documents[0].RootNode));
    }

    private bool Accepts(JsonObject schema, JsonNode? value) => schema.All(word => word.Key switch
    {
        "$ref" => Accepts(root["$defs"]![word.Value!.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), value),
        "type" => TypeOf(value) == word.Value!.GetValue<string>(),
        "const" => JsonNode.DeepEquals(word.Value, value),
        "enum" => word.Value!.AsArray().Any(one => JsonNode.DeepEquals(one, value)),
        "anyOf" => word.Value!.AsArray().Any(one => Accepts(one!.AsObject(), value)),
        "pattern" => TypeOf(value) != "string" || Regex.IsMatch(value!.GetValue<string>(), word.Value!.GetValue<string>(), RegexOptions.ECMAScript),
        "minimum" => TypeOf(value) != "integer" || value!.GetValue<long>() >= word.Value!.GetValue<long>(),
        "maximum" => TypeOf(value) != "integer" || value!.GetValue<long>() <= word.Value!.GetValue<long>(),
        "minItems" => value is not JsonArray list || list.Count >= word.Value!.GetValue<int>(),
        "items" => value is not JsonArray list || list.All(item => Accepts(word.Value!.AsObject(), item)),
        "required" => value is not JsonObject mapping || word.Value!.AsArray().All(name => mapping.ContainsKey(name!.GetValue<string>())),
        "properties" => value is not JsonObject mapping || mapping.All(pair => word.Value![pair.Key] is not JsonObject known || Accepts(known, pair.Value)),
        "additionalProperties" => value is not JsonObject mapping || mapping.Where(pair => schema["properties"]?[pair.Key] is null)
            .All(pair => word.Value is JsonObject other ? Accepts(other, pair.Value) : word.Value!.GetValue<bool>()),
        _ => notes.Contains(word.Key) ? true : throw new NotSupportedException($"The test does not know what {word.Key} means."),
    });

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        JsonValue one when one.TryGetValue<string>(out _) => "string",
        JsonValue one when one.TryGetValue<bool>(out _) => "boolean",
        JsonValue one when one.TryGetValue<long>(out _) => "integer",
        _ => "number",
    };

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Json(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } => text switch
        {
            null or "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when Regex.IsMatch(text, "^[-+]?[0-9]+$") && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when Regex.IsMatch(text, @"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$") => JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)),
            _ => JsonValue.Create(text),
        },
        YamlScalarNode { Value: var quoted } => JsonValue.Create(quoted),
        _ => throw new NotSupportedException($"{node.NodeType}"),
    };
}
