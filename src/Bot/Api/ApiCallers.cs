using System.Globalization;
using System.Text.Json;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Bot.Keycloak;
using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Infrastructure.Keycloak;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Api;

/// <summary>
/// Says who calls: an access token of the realm for us, one who does not call too often, and a person or service account that Keycloak says is enabled now. Nothing else
/// that a browser would send along is looked at.
/// </summary>
internal sealed class ApiCallers(RealmTokens tokens, ApiPace pace, IDirectory directory, IOptions<ApiOptions> options, IOptions<KeycloakOptions> keycloak)
{
    /// <summary>What lets a service ask on behalf of people: a role of the client that <c>Api:Audience</c> names.</summary>
    public const string OnBehalfRole = "request-for-others";

    private const string Scheme = "Bearer ";

    /// <summary>Longer ones are no tokens of a realm.</summary>
    private const int LongestToken = 16 * 1024;

    private string Audience => options.Value.Audience is { Length: > 0 } audience ? audience : keycloak.Value.ClientId!;

    /// <returns>One of the two.</returns>
    public async Task<(Caller? Caller, Answer? Refused)> Read(HttpRequest request, CancellationToken ct)
    {
        var headers = request.Headers.Authorization;
        if (headers.Count == 0)
            return (null, Problems.NoToken());
        if (headers is not [{ } header] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length > LongestToken)
            return (null, Problems.BadToken("This is no bearer token."));

        return await tokens.Read(header[Scheme.Length..].Trim(), Audience, ct) switch
        {
            TokenReading.Valid { Claims: var claims } when ProblemOf(claims) is { } wrong => (null, Problems.BadToken(wrong)),
            // Before Keycloak is asked: who calls too often costs nothing more.
            TokenReading.Valid { Claims: var claims } when pace.Take((string)claims["sub"]) is { } wait => (null, Problems.TooManyCalls(wait)),
            TokenReading.Valid valid => await ReadPerson(valid.Claims, ct),
            TokenReading.KeysAway => (null, Problems.For(Doubt.Away)),
            _ => (null, Problems.BadToken("This is no valid access token of the realm for this API: its signature, issuer, audience or time is wrong.")),
        };
    }

    /// <summary>An ID token names us as well; a token that is bound to a key proves nothing without that key.</summary>
    private static string? ProblemOf(IReadOnlyDictionary<string, object> claims) =>
        claims.GetValueOrDefault("typ") as string != "Bearer" ? "This is no access token."
        : claims.ContainsKey("cnf") ? "Tokens that are bound to a key are not taken here."
        : !PersonId.TryParse(claims.GetValueOrDefault("sub") as string, out _) ? "The token does not say who it was given to (sub)."
        : claims.GetValueOrDefault("azp") is not string { Length: > 0 } ? "The token does not say which client it was given to (azp)."
        : null;

    private async Task<(Caller?, Answer?)> ReadPerson(IReadOnlyDictionary<string, object> claims, CancellationToken ct)
    {
        var client = Text.Clean((string)claims["azp"]);
        switch (await directory.ReadPerson(new PersonId((string)claims["sub"]), ct))
        {
            case Reading<Person>.Known { Value: { Enabled: true } person } when !(person.IsServiceAccount && client == keycloak.Value.ClientId):
                return (new Caller(person, client, HasRole(claims), LoggedInAt(claims), claims.GetValueOrDefault("acr") as string), null);
            case Reading<Person>.Known { Value.Enabled: true }:
                return (null, Problems.BadToken("The bot's own account does not call itself."));
            case Reading<Person>.Unknown unknown:
                return (null, Problems.For(unknown.Why));
            default:
                return (null, Problems.BadToken("The account that this token was given to is disabled or gone."));
        }
    }

    private static DateTimeOffset? LoggedInAt(IReadOnlyDictionary<string, object> claims) =>
        claims.GetValueOrDefault("auth_time") is { } at && long.TryParse(Convert.ToString(at, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private bool HasRole(IReadOnlyDictionary<string, object> claims) =>
        claims.GetValueOrDefault("resource_access") is JsonElement { ValueKind: JsonValueKind.Object } clients
        && clients.TryGetProperty(Audience, out var client) && client.ValueKind == JsonValueKind.Object
        && client.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
        && roles.EnumerateArray().Any(role => role.ValueKind == JsonValueKind.String && role.GetString() == OnBehalfRole);
}
