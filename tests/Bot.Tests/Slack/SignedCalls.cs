using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Bot.Slack.Ingress;

namespace ChatGovernance.Bot.Tests.Slack;

/// <summary>Calls as Slack makes them, written out by the tests themselves.</summary>
internal static class SignedCalls
{
    public const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    public static HttpRequestMessage Signed(string path, byte[] body, DateTimeOffset at, string secret = Secret, string contentType = "application/x-www-form-urlencoded")
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.Add(SlackSignature.TimestampHeader, timestamp);
        request.Headers.Add(SlackSignature.SignatureHeader, SlackSignature.Sign(secret, timestamp, body));
        return request;
    }

    public static byte[] Form(params (string Name, string Value)[] fields) =>
        Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}")));

    public static byte[] Payload(JsonObject payload) => Form(("payload", payload.ToJsonString()));

    public static byte[] Command(string text, string trigger = "111.222.aaa") => Form(
        ("command", "/request-access"), ("text", text), ("user_id", "U0000001"), ("team_id", "T0000001"), ("trigger_id", trigger), ("channel_id", "D1"));

    public static JsonObject Click(string action, string? value, string trigger = "111.222.bbb") => new()
    {
        ["type"] = "block_actions",
        ["team"] = new JsonObject { ["id"] = "T0000001" },
        ["user"] = new JsonObject { ["id"] = "U0000002", ["team_id"] = "T0000001" },
        ["trigger_id"] = trigger,
        ["actions"] = new JsonArray(new JsonObject { ["type"] = "button", ["action_id"] = action, ["block_id"] = "b1", ["value"] = value }),
    };

    public static JsonObject Submission(string callback, string metadata, JsonObject values, string trigger = "111.222.ccc") => new()
    {
        ["type"] = "view_submission",
        ["team"] = new JsonObject { ["id"] = "T0000001" },
        ["user"] = new JsonObject { ["id"] = "U0000001", ["team_id"] = "T0000001" },
        ["trigger_id"] = trigger,
        ["view"] = new JsonObject { ["id"] = "V1", ["callback_id"] = callback, ["private_metadata"] = metadata, ["state"] = new JsonObject { ["values"] = values } },
    };

    public static JsonObject Asked(string target, string duration, string justification, string? ticket = null)
    {
        var values = new JsonObject
        {
            ["target"] = new JsonObject { ["target"] = Option(target) },
            ["duration"] = new JsonObject { ["duration-1"] = Option(duration) },
            ["justification"] = new JsonObject { ["justification"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = justification } },
        };
        if (ticket is not null)
            values["ticket"] = new JsonObject { ["ticket"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = ticket } };
        return values;
    }

    private static JsonObject Option(string value) => new()
    {
        ["type"] = "static_select",
        ["selected_option"] = new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = "x" }, ["value"] = value },
    };
}
