using System.Text.Json.Serialization;
using ChatGovernance.Infrastructure.Keycloak.Setup;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>
/// Keycloak's wire format. What is required and missing, or null where it must not be, fails the whole answer.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorRow))]
[JsonSerializable(typeof(TokenRow))]
[JsonSerializable(typeof(TokenClaims))]
[JsonSerializable(typeof(RealmRow))]
[JsonSerializable(typeof(GroupRow))]
[JsonSerializable(typeof(List<GroupRow>))]
[JsonSerializable(typeof(UserRow))]
[JsonSerializable(typeof(List<UserRow>))]
[JsonSerializable(typeof(RoleRow))]
[JsonSerializable(typeof(List<RoleRow>))]
[JsonSerializable(typeof(List<RoleName>))]
[JsonSerializable(typeof(List<ClientRow>))]
[JsonSerializable(typeof(List<ClientScopeRow>))]
[JsonSerializable(typeof(List<RequiredActionRow>))]
[JsonSerializable(typeof(MapperRow))]
[JsonSerializable(typeof(MappingsRow))]
[JsonSerializable(typeof(List<AdminEventRow>))]
[JsonSerializable(typeof(List<UserEventRow>))]
[JsonSerializable(typeof(List<LoginNeedRow>))]
[JsonSerializable(typeof(UserProfileRow))]
[JsonSerializable(typeof(CountRow))]
[JsonSerializable(typeof(List<PolicyRow>))]
[JsonSerializable(typeof(UserPolicyRow))]
[JsonSerializable(typeof(PermissionRow))]
[JsonSerializable(typeof(List<ResourceRow>))]
[JsonSerializable(typeof(List<ScopeRow>))]
internal sealed partial class KeycloakJson : JsonSerializerContext;
