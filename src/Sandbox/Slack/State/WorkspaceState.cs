using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGovernance.Sandbox.Slack.State;

/// <summary>
/// Everything the workspace knows, behind one lock. Values are immutable, so what a reader took stays as it was; every
/// change wakes those who wait for one.
/// </summary>
internal sealed class WorkspaceState(SlackWorkspaceOptions options)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewSignal();
    private long _lastMicroseconds;
    private long _number;

    public SlackWorkspaceOptions Options { get; } = options;
    public TimeProvider Time => Options.Time;

    public Dictionary<string, SlackUser> Users { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, SlackChannel> Channels { get; } = new(StringComparer.Ordinal);
    public List<SlackMessage> Messages { get; } = [];
    public Dictionary<string, SlackView> Views { get; } = new(StringComparer.Ordinal);
    /// <summary>Open modals per person, the one on top last.</summary>
    public Dictionary<string, List<string>> Stacks { get; } = new(StringComparer.Ordinal);
    /// <summary>The id of each person's published Home tab.</summary>
    public Dictionary<string, string> Homes { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, Trigger> Triggers { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, ResponseUrl> ResponseUrls { get; } = new(StringComparer.Ordinal);
    public List<SlackCall> Calls { get; } = [];
    /// <summary>What <c>apps.connections.open</c> gave out and nobody has used yet.</summary>
    public Dictionary<string, DateTimeOffset> Tickets { get; } = new(StringComparer.Ordinal);
    /// <summary>Where Socket Mode's connections are made; set once the workspace serves.</summary>
    public Uri? SocketUrl { get; set; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    public T Read<T>(Func<WorkspaceState, T> read)
    {
        lock (_gate) return read(this);
    }

    public T Change<T>(Func<WorkspaceState, T> change)
    {
        TaskCompletionSource waiting;
        T result;
        lock (_gate)
        {
            result = change(this);
            Version++;
            (waiting, _changed) = (_changed, NewSignal());
        }
        waiting.SetResult();
        return result;
    }

    public void Change(Action<WorkspaceState> change) =>
        Change(state =>
        {
            change(state);
            return 0;
        });

    /// <summary>Waits until <paramref name="find"/> finds something, woken by changes.</summary>
    /// <exception cref="TimeoutException">Nothing was found within <paramref name="timeout"/> of real time.</exception>
    public async Task<T> Until<T>(Func<WorkspaceState, T?> find, TimeSpan timeout, string what, CancellationToken ct) where T : class
    {
        using var patience = new CancellationTokenSource(timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (find(this) is { } found) return found;
                next = _changed.Task;
            }
            try
            {
                await next.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException($"not within {timeout.TotalSeconds:0.#} s: {what}");
            }
        }
    }

    /// <summary>Ends with the first change after <paramref name="version"/>, and gives the version then.</summary>
    public async Task<long> ChangeAfter(long version, CancellationToken ct)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (Version > version) return Version;
                next = _changed.Task;
            }
            await next.WaitAsync(ct);
        }
    }

    /// <summary>The next <c>ts</c>: now in microseconds, and never the same twice.</summary>
    public string NextTs()
    {
        long now = (Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        _lastMicroseconds = Math.Max(_lastMicroseconds + 1, now);
        return FormattableString.Invariant($"{_lastMicroseconds / 1_000_000}.{_lastMicroseconds % 1_000_000:000000}");
    }

    public long NextNumber() => ++_number;

    public string NextId(string prefix) => FormattableString.Invariant($"{prefix}{NextNumber():0000000}");

    public SlackChannel? ChannelByName(string name) => Channels.Values.FirstOrDefault(c => !c.IsDirect && c.Name == name);

    public SlackChannel DirectWith(string userId) =>
        Channels.Values.FirstOrDefault(c => c.IsDirect && c.Members.Contains(userId)) ?? NewDirect(userId);

    public int IndexOf(string channelId, string ts) =>
        Messages.FindIndex(m => m.ChannelId == channelId && m.Ts == ts && m.OnlyFor is null);

    /// <summary>Blocks or a view with ids put in where there are none, as Slack does before it stores them.</summary>
    public JsonElement WithIds(JsonNode content)
    {
        JsonNode copy = content.DeepClone();
        JsonArray blocks = copy as JsonArray ?? copy["blocks"]!.AsArray();
        foreach (JsonObject block in blocks.OfType<JsonObject>())
        {
            block["block_id"] ??= NextId("b");
            IEnumerable<JsonNode?> elements =
                [.. block["elements"] as JsonArray ?? [], block["accessory"], block["element"]];
            foreach (JsonObject element in elements.OfType<JsonObject>())
                if (element["type"]?.GetValue<string>() is not ("image" or "plain_text" or "mrkdwn"))
                    element["action_id"] ??= NextId("a");
        }
        return JsonSerializer.SerializeToElement(copy);
    }

    private SlackChannel NewDirect(string userId)
    {
        var channel = new SlackChannel
        {
            Id = NextId("D"),
            Name = "",
            IsDirect = true,
            IsPrivate = true,
            Members = [userId, Options.BotUserId],
            CreatedAt = Time.GetUtcNow(),
        };
        return Channels[channel.Id] = channel;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
