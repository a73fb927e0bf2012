using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;

namespace ChatGovernance.TestSupport.Bots;

/// <summary>Calls to the bot that no person's client would make: made up, repeated, signed wrongly or long ago.</summary>
public sealed class SlackCalls(Deployment deployment) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    /// <summary>A click of this person on a button, with a payload as Slack writes it, whether or not they ever saw the message.</summary>
    public static string Click(SlackPerson by, SlackMessage message, string button, string? triggerId = null)
    {
        var pressed = message.Buttons.First(b => b.Text == button);
        var payload = new JsonObject
        {
            ["type"] = "block_actions",
            ["team"] = new JsonObject { ["id"] = by.User.TeamId, ["domain"] = "sandbox" },
            ["user"] = new JsonObject { ["id"] = by.Id, ["username"] = by.User.Name, ["team_id"] = by.User.TeamId },
            ["trigger_id"] = triggerId ?? NewTrigger(),
            ["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = message.Ts, ["channel_id"] = message.ChannelId },
            ["channel"] = new JsonObject { ["id"] = message.ChannelId, ["name"] = "directmessage" },
            ["actions"] = new JsonArray(new JsonObject
            {
                ["type"] = "button",
                ["action_id"] = pressed.ActionId,
                ["block_id"] = pressed.BlockId,
                ["value"] = pressed.Value,
            }),
        };
        return "payload=" + Uri.EscapeDataString(payload.ToJsonString());
    }

    public static string NewTrigger() => $"1.2.{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    /// <summary>Posts a body to <c>/slack/interactions</c>, signed for this time with this secret (the right ones unless told).</summary>
    public async Task<HttpStatusCode> Post(string body, CancellationToken ct, string? secret = null, TimeSpan age = default)
    {
        var timestamp = (TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? deployment.Workspace.SigningSecret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(deployment.Bot.Url, "slack/interactions"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(hash));
        using var response = await http.SendAsync(request, ct);
        return response.StatusCode;
    }

    public void Dispose() => http.Dispose();
}
