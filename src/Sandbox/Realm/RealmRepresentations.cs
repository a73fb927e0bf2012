using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>What Keycloak answers with; fields that nobody reads are left out.</summary>
internal static class RealmRepresentations
{
    /// <summary>Keycloak escapes no more than JSON asks for.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Group(RealmState realm, RealmGroup group, bool brief, bool count = false)
    {
        var row = new JsonObject { ["id"] = group.Id, ["name"] = group.Name, ["path"] = realm.Path(group) };
        if (group.ParentId is { } parent)
            row["parentId"] = parent;
        if (count)
            row["subGroupCount"] = realm.Children(group.Id).Count();
        row["subGroups"] = new JsonArray();
        if (brief)
            return row;

        var roles = group.Roles.Select(r => realm.Roles[r]).ToList();
        row["attributes"] = RealmJson.Object(group.Attributes);
        row["realmRoles"] = RealmJson.Array(roles.Where(r => r.Client is null).Select(r => r.Name));
        row["clientRoles"] = RealmJson.Object(roles.Where(r => r.Client is not null)
            .GroupBy(r => realm.Clients[r.Client!].ClientId)
            .ToDictionary(g => g.Key, g => g.Select(r => r.Name).ToList()));
        return row;
    }

    public static JsonObject Role(RealmState realm, RealmRole role, bool brief)
    {
        var row = new JsonObject { ["id"] = role.Id, ["name"] = role.Name };
        if (role.Description is { } description)
            row["description"] = description;
        row["composite"] = role.Composites.Count > 0;
        row["clientRole"] = role.Client is not null;
        row["containerId"] = role.Client ?? realm.Id;
        if (!brief)
            row["attributes"] = RealmJson.Object(role.Attributes);
        return row;
    }

    public static JsonObject User(RealmUser user, bool brief)
    {
        var row = new JsonObject { ["id"] = user.Id, ["username"] = user.Username };
        if (user.FirstName is { } first)
            row["firstName"] = first;
        if (user.LastName is { } last)
            row["lastName"] = last;
        if (user.Email is { } email)
            row["email"] = email;
        row["emailVerified"] = user.EmailVerified;
        if (!brief && user.Attributes.Count > 0)
            row["attributes"] = RealmJson.Object(user.Attributes);
        row["enabled"] = user.Enabled;
        row["createdTimestamp"] = user.CreatedAt.ToUnixTimeMilliseconds();
        if (brief)
            return row;
        row["totp"] = false;
        row["disableableCredentialTypes"] = new JsonArray();
        row["requiredActions"] = new JsonArray();
        row["notBefore"] = 0;
        return row;
    }

    public static JsonObject Client(RealmClient client)
    {
        var row = new JsonObject { ["id"] = client.Id, ["clientId"] = client.ClientId };
        if (client.Name is { } name)
            row["name"] = name;
        row["enabled"] = client.Enabled;
        if (client.Secret is { } secret)
            row["secret"] = secret;
        row["serviceAccountsEnabled"] = client.ServiceAccountsEnabled;
        row["publicClient"] = client.PublicClient;
        row["protocol"] = "openid-connect";
        return row;
    }

    public static JsonObject Event(RealmState realm, RealmEvent row)
    {
        var node = new JsonObject
        {
            ["id"] = row.Id,
            ["time"] = row.At.ToUnixTimeMilliseconds(),
            ["realmId"] = realm.Id,
            ["authDetails"] = new JsonObject { ["realmId"] = row.ByRealm, ["clientId"] = row.ByClient, ["userId"] = row.ByUser, ["ipAddress"] = "127.0.0.1" },
            ["operationType"] = row.Operation,
            ["resourceType"] = row.Resource,
            ["resourcePath"] = row.Path,
        };
        if (row.Representation is { } representation)
            node["representation"] = representation;
        if (row.Details is { } details)
            node["details"] = new JsonObject(details.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
        return node;
    }
}
