using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.Blocks;
using ChatGovernance.Sandbox.Slack.State;

namespace ChatGovernance.Sandbox.Slack.People;

/// <summary>A modal that a person has before them. It is read anew at every use, so an update by the app is seen.</summary>
public sealed class OpenModal
{
    private readonly SlackWorkspace _workspace;
    private readonly SlackView _opened;

    internal OpenModal(SlackWorkspace workspace, SlackView view) => (_workspace, _opened) = (workspace, view);

    public string Id => _opened.Id;

    public bool IsOpen => State.Read(s => s.Views.ContainsKey(Id));

    /// <summary>What it shows now; what it showed last when it is closed.</summary>
    public SlackView View => State.Read(s => s.Views.GetValueOrDefault(Id)) ?? _opened;

    private WorkspaceState State => _workspace.State;

    /// <summary>The modal, once it shows something that fits; such as the form that replaces a skeleton.</summary>
    /// <exception cref="TimeoutException">It did not in time.</exception>
    public async Task<OpenModal> Shows(Func<SlackView, bool> fits, TimeSpan? timeout = null, CancellationToken ct = default)
    {
        await State.Until(s => s.Views.TryGetValue(Id, out SlackView? now) && fits(now) ? now : null, timeout ?? SlackWorkspace.Patience, $"modal {Id} to show it", ct);
        return this;
    }

    /// <summary>Whether it has a block with this id.</summary>
    public bool Has(string blockId) => Find(blockId) is not null;

    /// <summary>The options of a static select, radio buttons or checkboxes.</summary>
    public IReadOnlyList<SlackOption> OptionsOf(string blockId) => Options.Of(Element(blockId).Element);

    /// <summary>What is entered in a block now: the text, or the values picked, joined by a comma; nothing when it is empty.</summary>
    public string? ValueOf(string blockId)
    {
        JsonElement element = Element(blockId).Element;
        JsonElement? state = ViewState.Get(View.State, blockId, BlockReader.Member(element, "action_id")!);
        if (state is not { } entered || !entered.TryGetProperty(ViewState.MemberOf(BlockReader.Member(element, "type")!), out JsonElement value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Object => value.GetProperty("value").GetString(),
            JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(o => o.GetProperty("value").GetString())),
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };
    }

    /// <summary>Writes into a text field, replacing what is there.</summary>
    public void Writes(string blockId, string text) => Fill(blockId, text.Length == 0 ? null : JsonValue.Create(text));

    /// <summary>Types into an <c>external_select</c>; the app is asked for options.</summary>
    /// <exception cref="InvalidOperationException">Slack asks the app only from more characters on.</exception>
    public Task<SearchResult> Searches(string blockId, string query, CancellationToken ct)
    {
        JsonElement element = Element(blockId).Element;
        int min = element.TryGetProperty("min_query_length", out JsonElement asked) ? asked.GetInt32() : BlockKitLimits.MinQueryLength;
        if (query.Length < min) throw new InvalidOperationException($"Slack asks the app from {min} characters on");
        return _workspace.Acts.Suggest(_opened.UserId, Id, null, blockId, BlockReader.Member(element, "action_id")!, query, ct);
    }

    /// <summary>Picks one of the options of a static select or radio buttons, by its text or value; the app is told where it asked to be.</summary>
    /// <exception cref="InvalidOperationException">There is no such option.</exception>
    public Task<ActionResult> Picks(string blockId, string option, CancellationToken ct)
    {
        IReadOnlyList<SlackOption> options = OptionsOf(blockId);
        return Picks(
            blockId,
            options.FirstOrDefault(o => o.Text == option || o.Value == option)
                ?? throw new InvalidOperationException($"there is no option \"{option}\"; there are: {string.Join(", ", options.Select(o => o.Text))}"),
            ct);
    }

    /// <summary>Picks an option, such as one that a search offered.</summary>
    public Task<ActionResult> Picks(string blockId, SlackOption option, CancellationToken ct) =>
        Entered(blockId, BlockReader.Member(Element(blockId).Element, "type") == "checkboxes" ? new JsonArray(Options.Write(option)) : Options.Write(option), ct);

    /// <summary>Sets a date (<c>2027-01-31</c>), a time (<c>09:00</c>), a moment (Unix seconds) or a person's id.</summary>
    public Task<ActionResult> Sets(string blockId, JsonValue value, CancellationToken ct) => Entered(blockId, value, ct);

    /// <summary>Presses a button inside of the modal.</summary>
    /// <exception cref="InvalidOperationException">There is none with this text.</exception>
    public Task<ActionResult> Clicks(string button, CancellationToken ct)
    {
        SlackButton pressed = View.Buttons.FirstOrDefault(b => b.Text == button) ?? throw SlackPerson.Missing(button, View.Buttons);
        return Acts(pressed.BlockId, pressed.ActionId, null, ct);
    }

    /// <summary>Sends the form.</summary>
    public Task<SubmitResult> Submits(CancellationToken ct) => _workspace.Acts.Submit(_opened.UserId, Id, ct);

    /// <summary>Closes this modal by its Close button, or all of them by the cross.</summary>
    public Task Closes(CancellationToken ct, bool all = false) => _workspace.Acts.Close(_opened.UserId, Id, all, ct);

    internal Task<ActionResult> Acts(string blockId, string actionId, JsonNode? value, CancellationToken ct)
    {
        (JsonElement block, JsonElement element) = BlockAction.Find(View.Blocks, blockId, actionId) ?? throw Missing(blockId);
        return _workspace.Acts.ActOnView(_opened.UserId, Id, BlockAction.Of(block, element, value), ct);
    }

    /// <summary>Enters a value without telling the app.</summary>
    internal void Fill(string blockId, JsonNode? value)
    {
        JsonElement element = Element(blockId).Element;
        string type = BlockReader.Member(element, "type")!, actionId = BlockReader.Member(element, "action_id")!;
        State.Change(s =>
        {
            if (!s.Views.TryGetValue(Id, out SlackView? now)) return;
            var entered = new JsonObject { ["type"] = type, [ViewState.MemberOf(type)] = value?.DeepClone() };
            s.Views[Id] = now with { State = ViewState.With(now.State, blockId, actionId, entered) };
        });
    }

    private async Task<ActionResult> Entered(string blockId, JsonNode value, CancellationToken ct)
    {
        (JsonElement block, JsonElement element) = Element(blockId);
        Fill(blockId, value);
        return BlockAction.IsTold(block) ? await Acts(blockId, BlockReader.Member(element, "action_id")!, value, ct) : new ActionResult((string?)null);
    }

    private (JsonElement Block, JsonElement Element) Element(string blockId) => Find(blockId) ?? throw Missing(blockId);

    private (JsonElement Block, JsonElement Element)? Find(string blockId) => BlockAction.Find(View.Blocks, blockId, null);

    private InvalidOperationException Missing(string blockId) => new(
        $"there is no field \"{blockId}\"; there are: {string.Join(", ", BlockReader.Interactive(View.Blocks).Select(e => BlockReader.Member(e.Block, "block_id")))}");
}
