using System.Text.Json;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Finds the newest admin event about one person and one target.</summary>
internal sealed class LastChanges(KeycloakClient client)
{
    /// <summary>A mapping's events are shared by all roles of one container: so many are looked through.</summary>
    private const int LookThrough = 1000;

    /// <summary>Null: there is none, or none that says which role it was about.</summary>
    public async Task<LastChange?> Find(PersonId person, TargetId target, string self, CancellationToken ct)
    {
        var (path, type) = target.Kind switch
        {
            TargetKind.Group => ($"users/{person}/groups/{target.Id}", "GROUP_MEMBERSHIP"),
            TargetKind.RealmRole => ($"users/{person}/role-mappings/realm", "REALM_ROLE_MAPPING"),
            _ => ($"users/{person}/role-mappings/clients/{(await client.Api.Role(target.Id, ct)).ContainerId}", "CLIENT_ROLE_MAPPING"),
        };
        for (var first = 0; first < LookThrough; first += KeycloakClient.PageSize)
        {
            var page = await client.Api.AdminEvents(path, type, first, KeycloakClient.PageSize, ct);
            if (page.FirstOrDefault(row => IsAbout(row, target)) is { } newest)
            {
                return new LastChange(
                    newest.OperationType == "CREATE",
                    newest.AuthDetails?.UserId == self,
                    DateTimeOffset.FromUnixTimeMilliseconds(newest.Time));
            }

            if (page.Count < KeycloakClient.PageSize)
                return null;
        }

        // There are more events than we look through: that none of those is about it says nothing.
        throw new KeycloakException(KeycloakFailure.Unreadable, 200);
    }

    private static bool IsAbout(AdminEventRow row, TargetId target)
    {
        if (row.Error is not null || row.OperationType is not ("CREATE" or "DELETE"))
            return false;
        if (target.Kind == TargetKind.Group)
            return true;
        try
        {
            using var roles = JsonDocument.Parse(row.Representation ?? "[]");
            return roles.RootElement.ValueKind == JsonValueKind.Array
                && roles.RootElement.EnumerateArray().Any(role => role.ValueKind == JsonValueKind.Object && role.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() == target.Id);
        }
        catch (JsonException)
        {
            // Keycloak cuts nothing off, but what does not parse says nothing about a role.
            return false;
        }
    }
}
