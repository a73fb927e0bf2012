using System.Text;
using System.Text.Json.Nodes;
using static ChatGovernance.Sandbox.Slack.Blocks.CompositionRules;

namespace ChatGovernance.Sandbox.Slack.Blocks;

/// <summary>Modals and Home tabs: https://docs.slack.dev/reference/views</summary>
internal static class ViewRules
{
    public static bool TooLarge(JsonObject view) => Encoding.UTF8.GetByteCount(view.ToJsonString()) > BlockKitLimits.ViewBytes;

    /// <summary>What is wrong with a view that is to be a <paramref name="expected"/> (<c>modal</c> or <c>home</c>).</summary>
    public static IReadOnlyList<string> Check(JsonObject view, string expected)
    {
        const string at = "/view";
        var problems = new Problems();
        string? type = view.TypeName();
        if (type != expected)
        {
            problems.Add($"unsupported type: {type}", $"{at}/type");
            return problems.Messages;
        }
        problems.String(view, "private_metadata", BlockKitLimits.PrivateMetadata, at, min: 0);
        problems.String(view, "callback_id", BlockKitLimits.CallbackId, at, min: 0);
        problems.String(view, "external_id", BlockKitLimits.ExternalId, at, min: 0);
        if (problems.Array(view, "blocks", 0, BlockKitLimits.BlocksPerView, at) is { } blocks)
            BlockRules.Check(blocks, int.MaxValue, $"{at}/blocks", problems);
        if (expected == "home") problems.Only(view, at, "type", "blocks", "private_metadata", "callback_id", "external_id");
        else Modal(view, at, problems);
        return problems.Messages;
    }

    private static void Modal(JsonObject view, string at, Problems problems)
    {
        problems.Only(view, at, "type", "title", "blocks", "submit", "close", "private_metadata", "callback_id", "external_id",
            "clear_on_close", "notify_on_close", "submit_disabled");
        PlainText(view, "title", BlockKitLimits.ViewTitle, at, problems, required: true);
        PlainText(view, "submit", BlockKitLimits.ViewSubmit, at, problems);
        PlainText(view, "close", BlockKitLimits.ViewClose, at, problems);
        problems.Boolean(view, "clear_on_close", at);
        problems.Boolean(view, "notify_on_close", at);
        bool hasInput = view["blocks"] is JsonArray blocks && blocks.OfType<JsonObject>().Any(b => b.TypeName() == "input");
        if (hasInput && view["submit"] is null) problems.Add("missing required field: submit", at);
    }
}
