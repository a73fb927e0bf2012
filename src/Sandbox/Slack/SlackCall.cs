using System.Text.Json;

namespace ChatGovernance.Sandbox.Slack;

/// <summary>A call that the app made to the Web API, in order of arrival.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Method">Such as <c>chat.postMessage</c>; also one that Slack or the contract does not know.</param>
/// <param name="Arguments">What was sent, the token excepted.</param>
/// <param name="At">When it took effect, by the workspace's clock.</param>
/// <param name="Error">What it was refused with; nothing when it was done. A fault names itself (<c>fault:dropped</c>).</param>
/// <param name="Answer">The body of the answer; nothing when none was given.</param>
public sealed record SlackCall(int Number, string Method, JsonElement Arguments, DateTimeOffset At, string? Error, JsonElement? Answer)
{
    /// <summary>An argument as text, or nothing.</summary>
    public string? this[string name] => Arguments.TryGetProperty(name, out JsonElement value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
        : null;
}
