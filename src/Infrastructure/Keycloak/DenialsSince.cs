using System.Text.Json;
using ChatGovernance.Core;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Reads stored events of denied logins, oldest first: those that the provider writes, with what was missing.</summary>
internal sealed class DenialsSince(KeycloakClient client)
{
    /// <summary>So many failed logins are read at once; what is left comes with the next reading.</summary>
    internal const int Most = 2000;

    /// <summary>A client's name may be as long as somebody likes.</summary>
    private const int LongestName = 100;

    public async Task<DeniedLogins> Read(DateTimeOffset since, CancellationToken ct)
    {
        var denials = new List<DeniedLogin>();
        for (var first = 0; ; first += KeycloakClient.PageSize)
        {
            var page = await client.Api.LoginErrorsSince(since.ToUnixTimeMilliseconds(), first, KeycloakClient.PageSize, ct);
            denials.AddRange(page.Select(Denial).OfType<DeniedLogin>());
            if (page.Count < KeycloakClient.PageSize)
                return new DeniedLogins(denials, null);
            if (first + page.Count >= Most)
                return new DeniedLogins(denials, DateTimeOffset.FromUnixTimeMilliseconds(page[^1].Time));
        }
    }

    /// <summary>Null: a failed login of another kind, a wrong password among them.</summary>
    private static DeniedLogin? Denial(UserEventRow row) =>
        row is { Id: { } id, Error: "access_denied", UserId: { } user, ClientId: { } client, Details: { } details } && details.ContainsKey("policy")
            ? new DeniedLogin(
                id,
                new PersonId(user),
                client,
                Text.Cut(Text.Clean(details.GetValueOrDefault("client_name")) is { Length: > 0 } name ? name : client, LongestName),
                Needs(details.GetValueOrDefault("needs")),
                details.ContainsKey("access_wanted"),
                DateTimeOffset.FromUnixTimeMilliseconds(row.Time))
            : null;

    private static IReadOnlyList<LoginNeed> Needs(string? json)
    {
        if (json is null)
            return [];
        try
        {
            return [.. (JsonSerializer.Deserialize(json, KeycloakJson.Default.ListLoginNeedRow) ?? []).Select(need => new LoginNeed(need.Roles ?? [], need.Groups ?? []))];
        }
        catch (JsonException)
        {
            return []; // written by another version: no offer, and an administrator is named
        }
    }
}
