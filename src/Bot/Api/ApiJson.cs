using System.Text.Json;
using System.Text.Json.Serialization;
using ChatGovernance.Bot.Api.Models;

namespace ChatGovernance.Bot.Api;

/// <summary>The API's JSON. A member that is not known, or is there twice, is an error: what a caller means must not be guessed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 8)]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(FilingBody))]
[JsonSerializable(typeof(ExtensionBody))]
[JsonSerializable(typeof(VoteBody))]
[JsonSerializable(typeof(WordsBody))]
[JsonSerializable(typeof(AccessRequestShown))]
[JsonSerializable(typeof(AccessRequestList))]
[JsonSerializable(typeof(GrantShown))]
[JsonSerializable(typeof(GrantList))]
[JsonSerializable(typeof(OfferedTargetList))]
[JsonSerializable(typeof(ExplanationShown))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(AuditHeadShown))]
[JsonSerializable(typeof(LintShown))]
internal sealed partial class ApiJson : JsonSerializerContext;

internal sealed class ResourceTypeConverter() : JsonStringEnumConverter<ResourceType>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);

internal sealed class VoteChoiceConverter() : JsonStringEnumConverter<VoteChoice>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
