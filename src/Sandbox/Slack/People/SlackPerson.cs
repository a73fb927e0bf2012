using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.State;
using ChatGovernance.Sandbox.Slack.WebApi;

namespace ChatGovernance.Sandbox.Slack.People;

/// <summary>
/// Somebody who uses the workspace. What they do is told to the app as Slack tells it, and ends when the app has answered or
/// had its 3 seconds; what they see is waited for, woken by changes.
/// </summary>
public sealed class SlackPerson
{
    private readonly SlackWorkspace _workspace;

    internal SlackPerson(SlackWorkspace workspace, string id) => (_workspace, Id) = (workspace, id);

    /// <summary><c>U…</c></summary>
    public string Id { get; }

    public SlackUser User => State.Read(s => s.Users[Id]);

    /// <summary>The direct messages with the app; opened when there are none yet.</summary>
    public SlackChannel Direct => State.Change(s => s.DirectWith(Id));

    /// <summary>Every message that they can see: channels they are in, direct messages, what is for them alone.</summary>
    public IReadOnlyList<SlackMessage> Messages => State.Read(s => s.Messages.Where(m => CanSee(s, m)).ToArray());

    /// <summary>The modal on top, or nothing.</summary>
    public OpenModal? Modal => State.Read(s => ViewStack.Top(s, Id)) is { } top ? new OpenModal(_workspace, top) : null;

    /// <summary>The published Home tab, or nothing.</summary>
    public SlackView? Home => State.Read(s => s.Homes.TryGetValue(Id, out string? home) ? s.Views[home] : null);

    private WorkspaceState State => _workspace.State;

    /// <summary>Types a slash command (<c>/request-access prod</c>) in a channel, or in the direct messages with the app.</summary>
    public Task<CommandResult> Types(string line, CancellationToken ct, string? channelId = null)
    {
        string[] words = line.Split(' ', 2);
        return _workspace.Acts.Command(Id, channelId ?? Direct.Id, words[0], words.Length > 1 ? words[1].Trim() : "", ct);
    }

    /// <summary>Says something in a channel; the app is not told.</summary>
    public SlackMessage Says(string channelId, string text, string? threadTs = null) => State.Change(s =>
    {
        var message = new SlackMessage
        {
            ChannelId = channelId,
            Ts = s.NextTs(),
            UserId = Id,
            Text = text,
            Blocks = MessageContent.NoBlocks,
            ThreadTs = threadTs,
        };
        s.Messages.Add(message);
        if (threadTs is not null && s.IndexOf(channelId, threadTs) is >= 0 and var root) s.Messages[root] = s.Messages[root] with { ThreadTs = threadTs };
        return message;
    });

    /// <summary>Presses the button with this text, as it stands in the message that they saw, which may be stale by now.</summary>
    /// <exception cref="InvalidOperationException">The message had no such button.</exception>
    public Task<ActionResult> Clicks(SlackMessage seen, string button, CancellationToken ct)
    {
        SlackButton pressed = seen.Buttons.FirstOrDefault(b => b.Text == button) ?? throw Missing(button, seen.Buttons);
        return Acts(seen, pressed.BlockId, pressed.ActionId, null, ct);
    }

    /// <summary>Presses a button of the Home tab.</summary>
    /// <exception cref="InvalidOperationException">It has no such button.</exception>
    public Task<ActionResult> ClicksAtHome(string button, CancellationToken ct)
    {
        SlackView home = Home ?? throw new InvalidOperationException("nothing is published on the Home tab");
        SlackButton pressed = home.Buttons.FirstOrDefault(b => b.Text == button) ?? throw Missing(button, home.Buttons);
        return ActsAtHome(pressed.BlockId, pressed.ActionId, null, ct);
    }

    /// <summary>Picks an option of a select, an overflow menu or radio buttons in a message, by its text or value.</summary>
    public Task<ActionResult> Picks(SlackMessage seen, string actionId, string option, CancellationToken ct)
    {
        (JsonElement block, JsonElement element) = BlockAction.Find(seen.Blocks, null, actionId) ?? throw Missing(actionId, seen.Buttons);
        SlackOption picked = Options.Of(element).First(o => o.Text == option || o.Value == option);
        return Acts(seen, BlockReader.Member(block, "block_id")!, actionId, Options.Write(picked), ct);
    }

    /// <summary>Opens the app's Home tab; the app gets <c>app_home_opened</c>, and its first answer is waited for.</summary>
    public async Task<ActionResult> OpensHome(CancellationToken ct) => Interactions.Result(await _workspace.Acts.OpenHome(Id, ct));

    /// <summary>A message that they can see, once one is there that fits.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public Task<SlackMessage> SeesMessage(Func<SlackMessage, bool> fits, TimeSpan? timeout = null, CancellationToken ct = default) =>
        State.Until(s => s.Messages.Find(m => CanSee(s, m) && fits(m)), timeout ?? SlackWorkspace.Patience, $"a message that {User.Name} sees", ct);

    /// <summary>A modal on top, once one is open that fits.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public async Task<OpenModal> SeesModal(Func<SlackView, bool>? fits = null, TimeSpan? timeout = null, CancellationToken ct = default) =>
        new(_workspace, await State.Until(
            s => ViewStack.Top(s, Id) is { } top && (fits is null || fits(top)) ? top : null, timeout ?? SlackWorkspace.Patience, $"a modal before {User.Name}", ct));

    /// <summary>Their Home tab, once it fits.</summary>
    /// <exception cref="TimeoutException">It did not in time.</exception>
    public Task<SlackView> SeesHome(Func<SlackView, bool> fits, TimeSpan? timeout = null, CancellationToken ct = default) =>
        State.Until(
            s => s.Homes.TryGetValue(Id, out string? home) && fits(s.Views[home]) ? s.Views[home] : null, timeout ?? SlackWorkspace.Patience, $"{User.Name}'s Home tab", ct);

    /// <summary>Ends once no modal is open any more.</summary>
    /// <exception cref="TimeoutException">One still is.</exception>
    public Task SeesNoModal(TimeSpan? timeout = null, CancellationToken ct = default) =>
        State.Until(s => ViewStack.Top(s, Id) is null ? this : null, timeout ?? SlackWorkspace.Patience, $"no modal before {User.Name}", ct);

    internal Task<ActionResult> Acts(SlackMessage seen, string blockId, string actionId, JsonNode? value, CancellationToken ct)
    {
        (JsonElement block, JsonElement element) = BlockAction.Find(seen.Blocks, blockId, actionId) ?? throw Missing(actionId, seen.Buttons);
        return _workspace.Acts.ActOnMessage(Id, seen, BlockAction.Of(block, element, value), ct);
    }

    internal Task<ActionResult> ActsAtHome(string blockId, string actionId, JsonNode? value, CancellationToken ct)
    {
        SlackView home = Home ?? throw new InvalidOperationException("nothing is published on the Home tab");
        (JsonElement block, JsonElement element) = BlockAction.Find(home.Blocks, blockId, actionId) ?? throw Missing(actionId, home.Buttons);
        return _workspace.Acts.ActOnView(Id, home.Id, BlockAction.Of(block, element, value), ct);
    }

    internal bool CanSee(WorkspaceState state, SlackMessage message) =>
        state.Channels[message.ChannelId].Members.Contains(Id) && (message.OnlyFor is null || message.OnlyFor == Id);

    internal static InvalidOperationException Missing(string button, IEnumerable<SlackButton> there) =>
        new($"there is no button \"{button}\"; there are: {string.Join(", ", there.Select(b => b.Text))}");
}
