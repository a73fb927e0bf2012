using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <param name="RenewAt">From then on a new one is asked for; it still works for a while.</param>
internal sealed record AccessToken(string Value, DateTimeOffset RenewAt)
{
    /// <summary>
    /// The service account's own user id, which the token's <c>sub</c> claim holds (Keycloak's client scope <c>basic</c>);
    /// null when the token carries none, or is none of ours to read. It came over the connection that all else rests on,
    /// so its signature adds nothing here.
    /// </summary>
    public string? Subject => Claims?.Sub;

    /// <summary>By the server's own clock, in whole seconds; null when it is not said.</summary>
    public DateTimeOffset? IssuedAt => Claims?.Iat is { } seconds and > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private TokenClaims? Claims
    {
        get
        {
            if (Value.Split('.') is not [_, var payload, _])
                return null;
            try
            {
                return JsonSerializer.Deserialize(WebEncoders.Base64UrlDecode(payload), KeycloakJson.Default.TokenClaims);
            }
            catch (Exception e) when (e is FormatException or JsonException)
            {
                return null;
            }
        }
    }
}
