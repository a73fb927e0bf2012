using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>Keycloak's error answers.</summary>
internal sealed class RealmRefusal(int status, string? error, string? description = null, string? errorMessage = null) : Exception(error ?? errorMessage)
{
    public int Status => status;

    public JsonObject Body
    {
        get
        {
            var body = new JsonObject();
            if (errorMessage is not null)
                body["errorMessage"] = errorMessage;
            if (error is not null)
                body["error"] = error;
            if (description is not null)
                body["error_description"] = description;
            return body;
        }
    }

    public static RealmRefusal Unauthorized() => new(401, "HTTP 401 Unauthorized");

    public static RealmRefusal Forbidden() => new(403, "HTTP 403 Forbidden");

    public static RealmRefusal NotFound(string what) => new(404, what);

    public static RealmRefusal Exists(string what) => new(409, null, errorMessage: what);

    public static RealmRefusal BadJson() => new(400, "unknown_error", "Cannot parse the JSON");

    public static RealmRefusal Bad(string error) => new(400, error);

    /// <summary>Keycloak's answer to what it did not expect, bad input included.</summary>
    public static RealmRefusal Unknown() => new(500, "unknown_error", "For more on this error consult the server log.");
}
