using System.Net;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.Sandbox.Slack.Sockets;
using ChatGovernance.Sandbox.Slack.State;
using ChatGovernance.Sandbox.Slack.WebApi;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ChatGovernance.Sandbox.Slack;

/// <summary>
/// A Slack workspace on this machine: the Web API that an app calls (<see cref="ApiUrl"/>), and the people who use the app
/// (<see cref="Person"/>). It refuses what Slack refuses, with Slack's own error codes, and sends to the app what Slack sends.
/// Everything it knows can be read from <see cref="Messages"/> and <see cref="Calls"/>; nothing is kept when it is disposed of.
/// </summary>
public sealed class SlackWorkspace : IAsyncDisposable
{
    /// <summary>How long the <c>Sees…</c> methods wait unless told, in real time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;
    private readonly BotClient _bot;

    private SlackWorkspace(WebApplication app, WorkspaceState state, SlackFaults faults, SlackSockets sockets, BotClient bot)
    {
        (_app, State, Faults, Sockets, _bot) = (app, state, faults, sockets, bot);
        Acts = new Interactions(state, bot, this);
        Events = new EventDelivery(state, bot);
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        state.SocketUrl = new UriBuilder(Url) { Scheme = Uri.UriSchemeWs, Path = "link" }.Uri;
    }

    /// <summary>Base of everything this workspace serves.</summary>
    public Uri Url { get; }

    /// <summary>What the app takes for <c>https://slack.com/api/</c>.</summary>
    public Uri ApiUrl => new(Url, "api/");

    public string BotToken => State.Options.BotToken;
    public string AppToken => State.Options.AppToken;
    public string SigningSecret => State.Options.SigningSecret;
    public string BotUserId => State.Options.BotUserId;
    public string TeamId => State.Options.TeamId;

    /// <summary>Where the app listens; <c>slack/commands</c> and so on are relative to it. Nowhere: it is reached over <see cref="Sockets"/>.</summary>
    public Uri? BotUrl { get => _bot.Url; set => _bot.Url = value; }

    /// <summary>Makes the Web API fail on purpose.</summary>
    public SlackFaults Faults { get; }

    /// <summary>Connections of Socket Mode.</summary>
    public SlackSockets Sockets { get; }

    /// <summary>Calls to the Web API so far, in order of effect.</summary>
    public IReadOnlyList<SlackCall> Calls => State.Read(s => s.Calls.ToArray());

    /// <summary>All messages that are not deleted, ephemeral ones included, in order of posting.</summary>
    public IReadOnlyList<SlackMessage> Messages => State.Read(s => s.Messages.ToArray());

    public IReadOnlyList<SlackUser> Users => State.Read(s => s.Users.Values.ToArray());

    public IReadOnlyList<SlackChannel> Channels => State.Read(s => s.Channels.Values.ToArray());

    internal WorkspaceState State { get; }
    internal Interactions Acts { get; }
    internal EventDelivery Events { get; }

    /// <summary>Starts a workspace on loopback.</summary>
    public static Task<SlackWorkspace> StartAsync(SlackWorkspaceOptions options, CancellationToken ct) => StartAsync(options, _ => { }, ct);

    /// <summary>Starts a workspace that serves more than the API, such as the page for people.</summary>
    internal static async Task<SlackWorkspace> StartAsync(
        SlackWorkspaceOptions options, Action<(WebApplication App, Func<SlackWorkspace> Workspace)> more, CancellationToken ct)
    {
        var state = new WorkspaceState(options);
        Populate(state);
        var faults = new SlackFaults();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // a start that fails is the caller's to tell
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, options.Port));
        WebApplication app = builder.Build();
        SlackWorkspace? workspace = null;
        var api = new ApiEndpoint(state, faults);
        var sockets = new SlackSockets(state);
        app.UseWebSockets();
        app.Map("/link", (Delegate)sockets.Handle);
        app.MapMethods("/api/{method}", ["GET", "POST"], (HttpContext context, string method) => api.Handle(context, method));
        app.MapPost("/response/{key}", (HttpContext context, string key) => ResponseUrlEndpoint.Handle(state, context, key));
        more((app, () => workspace!));
        await app.StartAsync(ct);
        return workspace = new SlackWorkspace(app, state, faults, sockets, new BotClient(state, sockets) { Url = options.BotUrl });
    }

    /// <summary>Somebody who is there, by handle (<c>alice</c>) or id.</summary>
    /// <exception cref="InvalidOperationException">Nobody has it.</exception>
    public SlackPerson Person(string name)
    {
        SlackUser? user = State.Read(s => s.Users.Values.FirstOrDefault(u => u.Name == name || u.Id == name));
        return user is null ? throw new InvalidOperationException($"nobody here is called {name}") : new SlackPerson(this, user.Id);
    }

    /// <summary>Adds somebody to the workspace and its public channels.</summary>
    public SlackPerson AddPerson(SlackUser user)
    {
        State.Change(s =>
        {
            s.Users.Add(user.Id, user);
            foreach (SlackChannel channel in s.Channels.Values.Where(c => !c.IsPrivate).ToArray())
                s.Channels[channel.Id] = channel with { Members = channel.Members.Add(user.Id) };
        });
        return new SlackPerson(this, user.Id);
    }

    /// <summary>Changes an account: deactivates it, makes it a guest, gives it another address.</summary>
    public void ChangePerson(string id, Func<SlackUser, SlackUser> change) => State.Change(s => s.Users[id] = change(s.Users[id]));

    /// <summary>A channel by name, with or without <c>#</c>, or by id.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public SlackChannel Channel(string name) =>
        State.Read(s => s.ChannelByName(name.TrimStart('#')) ?? s.Channels.GetValueOrDefault(name))
        ?? throw new InvalidOperationException($"there is no channel {name}");

    /// <summary>Adds a channel with everybody in it, and the app unless told.</summary>
    public SlackChannel AddChannel(string name, bool isPrivate = false, bool withApp = true) =>
        State.Change(s => AddChannel(s, name, isPrivate, withApp));

    /// <summary>Changes a channel: archives it, takes a member out.</summary>
    public void ChangeChannel(string id, Func<SlackChannel, SlackChannel> change) => State.Change(s => s.Channels[id] = change(s.Channels[id]));

    /// <summary>A message of a channel, once one is there that fits.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public Task<SlackMessage> SeesMessage(string channelId, Func<SlackMessage, bool> fits, TimeSpan? timeout = null, CancellationToken ct = default) =>
        State.Until(s => s.Messages.Find(m => m.ChannelId == channelId && m.OnlyFor is null && fits(m)), timeout ?? Patience, $"a message in {channelId}", ct);

    /// <summary>A call of the app, once one was made that fits.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public Task<SlackCall> SeesCall(string method, Func<SlackCall, bool>? fits = null, TimeSpan? timeout = null, CancellationToken ct = default) =>
        State.Until(s => s.Calls.Find(c => c.Method == method && (fits is null || fits(c))), timeout ?? Patience, $"a call of {method}", ct);

    /// <summary>Checks the app's event URL as Slack does when it is set; whether it gave the challenge back.</summary>
    public Task<bool> VerifiesEventUrl(CancellationToken ct) => Events.VerifyUrl(ct);

    public async ValueTask DisposeAsync()
    {
        Faults.Clear();
        await Events.DisposeAsync();
        Sockets.DropAll();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _app.StopAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            // What is still open then (a held call, an event stream) ends with the server.
        }
        await _app.DisposeAsync();
        _bot.Dispose();
    }

    private static void Populate(WorkspaceState state)
    {
        SlackWorkspaceOptions options = state.Options;
        foreach (SlackUser user in options.People) state.Users.Add(user.Id, user);
        SlackUser Bot(string id, string name, string realName) => new() { Id = id, Name = name, RealName = realName, TeamId = options.TeamId, IsBot = true };
        state.Users.Add(options.BotUserId, Bot(options.BotUserId, options.BotName, "ChatGovernance"));
        state.Users.Add(Interactions.SlackBot, Bot(Interactions.SlackBot, "slackbot", "Slackbot"));
        foreach (string name in options.Channels) AddChannel(state, name, isPrivate: false, withApp: true);
    }

    private static SlackChannel AddChannel(WorkspaceState state, string name, bool isPrivate, bool withApp)
    {
        var channel = new SlackChannel
        {
            Id = state.NextId("C"),
            Name = name,
            IsPrivate = isPrivate,
            CreatedAt = state.Time.GetUtcNow(),
            Members = [.. state.Users.Values.Where(u => !u.IsBot).Select(u => u.Id), .. withApp ? (string[])[state.Options.BotUserId] : []],
        };
        return state.Channels[channel.Id] = channel;
    }
}
