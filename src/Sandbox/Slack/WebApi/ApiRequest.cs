using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace ChatGovernance.Sandbox.Slack.WebApi;

/// <summary>A call as it came in: query, form or JSON (https://docs.slack.dev/apis/web-api#basics).</summary>
internal static class ApiRequest
{
    /// <summary>The arguments, or the error that Slack answers to such a body.</summary>
    public static async Task<(JsonObject Arguments, string? Error)> Read(HttpRequest request, bool takesJson, CancellationToken ct)
    {
        var arguments = new JsonObject();
        foreach ((string name, StringValues value) in request.Query) arguments[name] = value.ToString();
        if (HttpMethods.IsGet(request.Method)) return (arguments, null);
        if (request.HasFormContentType)
        {
            foreach ((string name, StringValues value) in await request.ReadFormAsync(ct)) arguments[name] = value.ToString();
            return (arguments, null);
        }
        if (!request.HasJsonContentType())
            return (arguments, request.ContentLength is null or 0 ? null : "invalid_post_type");
        try
        {
            if (await JsonNode.ParseAsync(request.Body, cancellationToken: ct) is not JsonObject body) return (arguments, "json_not_object");
            if (!takesJson) return (arguments, null); // a reading method does not look at a JSON body
            foreach ((string name, JsonNode? value) in body)
                arguments[name] = value?.DeepClone();
            arguments.Remove("token"); // with JSON the token has to be in the header
            return (arguments, null);
        }
        catch (JsonException)
        {
            return (arguments, "invalid_json");
        }
    }

    /// <summary>The token of the header, or that of the form.</summary>
    public static string? Token(HttpRequest request, JsonObject arguments)
    {
        const string bearer = "Bearer ";
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase) ? header[bearer.Length..].Trim() : arguments["token"]?.GetValue<string>();
    }
}
