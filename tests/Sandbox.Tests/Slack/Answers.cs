using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Tests.Slack;

/// <summary>What the Web API answered.</summary>
internal static class Answers
{
    public static string? Error(this JsonObject answer) => answer["ok"]!.GetValue<bool>() ? null : answer["error"]!.GetValue<string>();

    public static string[] Problems(this JsonObject answer) =>
        [.. answer["response_metadata"]?["messages"]?.AsArray().Select(m => m!.GetValue<string>()) ?? []];

    public static string[] Texts(this JsonObject answer) => [.. answer["messages"]!.AsArray().Select(m => m!["text"]!.GetValue<string>())];

    public static string Cursor(this JsonObject answer) => answer["response_metadata"]!["next_cursor"]!.GetValue<string>();
}
