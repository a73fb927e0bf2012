using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatGovernance.Infrastructure.Keycloak.Setup;
using RestEase;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>RestEase on the source-generated context.</summary>
internal static class KeycloakRestEase
{
    /// <param name="http">Its base address is the admin API of the realm, with a slash at the end.</param>
    public static IKeycloakApi Create(HttpClient http) => Client(http).For<IKeycloakApi>();

    /// <inheritdoc cref="Create"/>
    public static IPermissionsApi CreatePermissions(HttpClient http) => Client(http).For<IPermissionsApi>();

    /// <inheritdoc cref="Create"/>
    public static ILoginPoliciesApi CreateLoginPolicies(HttpClient http) => Client(http).For<ILoginPoliciesApi>();

    private static RestClient Client(HttpClient http) => new(http)
    {
        ResponseDeserializer = new Reader(),
        RequestBodySerializer = new Writer(),
    };

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)(KeycloakJson.Default.GetTypeInfo(typeof(T))
        ?? throw new InvalidOperationException($"{typeof(T)} is not in {nameof(KeycloakJson)}"));

    private sealed class Reader : ResponseDeserializer
    {
        public override T Deserialize<T>(string content, HttpResponseMessage response, ResponseDeserializerInfo info)
        {
            try
            {
                var value = JsonSerializer.Deserialize(content, TypeInfo<T>());
                // A list with a null in it is as unreadable as null itself.
                if (value is null || (value is IList rows && rows.Contains(null)))
                    throw new KeycloakException(KeycloakFailure.Unreadable, (int)response.StatusCode);
                return value;
            }
            catch (JsonException e)
            {
                throw new KeycloakException(KeycloakFailure.Unreadable, (int)response.StatusCode, inner: e);
            }
        }
    }

    private sealed class Writer : RequestBodySerializer
    {
        public override HttpContent SerializeBody<T>(T body, RequestBodySerializerInfo info)
        {
            // Keycloak takes a role-mapping DELETE without a body as "all of them".
            ArgumentNullException.ThrowIfNull(body);
            return new StringContent(JsonSerializer.Serialize(body, TypeInfo<T>()), Encoding.UTF8, "application/json");
        }
    }
}
