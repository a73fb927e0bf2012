using System.Text.Json;

namespace ChatGovernance.Sandbox.Slack;

/// <summary>A modal or a Home tab as the workspace stores it.</summary>
public sealed record SlackView
{
    public required string Id { get; init; }

    /// <summary>Changes with every update; a call that names an older one is refused (<c>hash_conflict</c>).</summary>
    public required string Hash { get; init; }

    /// <summary>Whose it is.</summary>
    public required string UserId { get; init; }

    /// <summary>What the app sent, with the ids that Slack added where there were none.</summary>
    public required JsonElement Content { get; init; }

    public required string RootViewId { get; init; }

    public string? PreviousViewId { get; init; }

    /// <summary>Block id → action id → what is picked or written, in the shape of <c>view.state.values</c>.</summary>
    public required JsonElement State { get; init; }

    public string Type => Content.GetProperty("type").GetString()!;

    public string? CallbackId => Text("callback_id");

    public string? ExternalId => Text("external_id") is { Length: > 0 } id ? id : null;

    public string Title => Content.TryGetProperty("title", out JsonElement title) ? title.GetProperty("text").GetString()! : "";

    public JsonElement Blocks => Content.GetProperty("blocks");

    /// <summary>Everything that can be read in it, one text a line.</summary>
    public string AllText => string.Join('\n', BlockReader.Texts(Blocks));

    /// <summary>Its buttons, in order.</summary>
    public IReadOnlyList<SlackButton> Buttons => [.. BlockReader.Buttons(Blocks)];

    internal bool Flag(string name) => Content.TryGetProperty(name, out JsonElement flag) && flag.ValueKind == JsonValueKind.True;

    private string? Text(string name) => Content.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
