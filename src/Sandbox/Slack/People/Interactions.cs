using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.State;
using ChatGovernance.Sandbox.Slack.WebApi;

namespace ChatGovernance.Sandbox.Slack.People;

/// <summary>What people do, told to the app, and what its answers do to the workspace.</summary>
internal sealed class Interactions(WorkspaceState state, BotClient bot, SlackWorkspace workspace)
{
    public const string SlackBot = "USLACKBOT";
    private const string CommandsPath = "slack/commands";
    private const string InteractionsPath = "slack/interactions";
    private const string OptionsPath = "slack/options";

    public async Task<CommandResult> Command(string userId, string channelId, string command, string text, CancellationToken ct)
    {
        if (!state.Options.Commands.Any(c => c.Name == command)) return Fails("unknown_command", $"{command} is not a valid command.");
        (List<KeyValuePair<string, string>> form, ResponseUrl reply) = state.Change(s =>
        {
            ResponseUrl url = NewResponseUrl(s, userId, channelId, null, null);
            string trigger = Payloads.NewTrigger(s, userId, fromView: false);
            return (Payloads.Command(s, s.Users[userId], s.Channels[channelId], command, text, trigger, Address(url)), url);
        });
        switch (await bot.SendCommand(CommandsPath, form, ct))
        {
            case BotAnswer.Answered { Status: 200 } answer:
                (SlackMessage? message, string? problem) = state.Change(s => ResponseUrlEndpoint.CommandAnswer(s, reply, answer.Body));
                return problem is null ? new CommandResult(null, message) : Fails(problem, Failed(problem));
            case BotAnswer.TimedOut:
                return Fails("operation_timeout", Failed("operation_timeout"));
            default:
                return Fails("dispatch_failed", Failed("dispatch_failed"));
        }

        string Failed(string error) => $"{command} failed with the error \"{error}\"";

        CommandResult Fails(string error, string said)
        {
            state.Change(s => s.Messages.Add(new SlackMessage
            {
                ChannelId = channelId,
                Ts = s.NextTs(),
                UserId = SlackBot,
                Text = said,
                Blocks = MessageContent.NoBlocks,
                OnlyFor = userId,
            }));
            return new CommandResult(error, null);
        }
    }

    public async Task<ActionResult> ActOnMessage(string userId, SlackMessage seen, JsonObject action, CancellationToken ct)
    {
        JsonObject payload = state.Change(s =>
        {
            // The app gets the message as it is now, whatever the person saw when pressing.
            SlackMessage now = s.Messages.Find(m => m.ChannelId == seen.ChannelId && m.Ts == seen.Ts) ?? seen;
            ResponseUrl url = NewResponseUrl(s, userId, now.ChannelId, now.Ts, now.ThreadTs);
            return Payloads.MessageAction(s, s.Users[userId], now, Stamped(s, action), Payloads.NewTrigger(s, userId, fromView: false), Address(url));
        });
        return Result(await bot.SendPayload(InteractionsPath, payload, ct));
    }

    public async Task<ActionResult> ActOnView(string userId, string viewId, JsonObject action, CancellationToken ct)
    {
        JsonObject payload = state.Change(s => Payloads.ViewAction(
            s, s.Users[userId], s.Views[viewId], Stamped(s, action), Payloads.NewTrigger(s, userId, fromView: s.Views[viewId].Type == "modal")));
        return Result(await bot.SendPayload(InteractionsPath, payload, ct));
    }

    public async Task<SearchResult> Suggest(string userId, string? viewId, SlackMessage? message, string blockId, string actionId, string query, CancellationToken ct)
    {
        JsonObject payload = state.Read(s => Payloads.Suggestion(
            s, s.Users[userId], viewId is null ? null : s.Views[viewId], message, blockId, actionId, query));
        return await bot.SendPayload(OptionsPath, payload, ct) switch
        {
            BotAnswer.Answered { Status: 200 } answer => Options.Answered(answer.Body),
            var other => new SearchResult([], Result(other).Trouble),
        };
    }

    public async Task<SubmitResult> Submit(string userId, string viewId, CancellationToken ct)
    {
        SlackView? view = state.Read(s => s.Views.GetValueOrDefault(viewId));
        if (view is null) return SubmitResult.Failed("view_closed");
        if (FieldChecks.Errors(view) is { Count: > 0 } own) return new SubmitResult(false, own, null);
        JsonObject payload = state.Change(s => Payloads.Submission(s, s.Users[userId], view, Payloads.NewTrigger(s, userId, fromView: true)));
        if (await bot.SendPayload(InteractionsPath, payload, ct) is not BotAnswer.Answered { Status: 200 } answer)
            return SubmitResult.Failed("no_answer");
        (SubmitResult result, IReadOnlyList<SlackView> cleared) = state.Change(s => SubmissionAnswer.Take(s, view, answer.Body));
        await TellClosed(userId, cleared, cleared: true, ct);
        return result;
    }

    /// <summary>The person gives the modal on top up; the app is told where it asked to be.</summary>
    public async Task Close(string userId, string viewId, bool all, CancellationToken ct)
    {
        SlackView[] gone = state.Change(s =>
        {
            List<string> stack = ViewStack.Of(s, userId);
            if (!stack.Contains(viewId)) return [];
            all |= s.Views[viewId].Flag("clear_on_close");
            SlackView[] closed = [.. (all ? stack : [viewId]).Select(id => s.Views[id])];
            if (all) ViewStack.CloseAll(s, userId);
            else ViewStack.CloseTop(s, userId);
            return closed;
        });
        await TellClosed(userId, gone, all, ct);
    }

    public Task<BotAnswer> OpenHome(string userId, CancellationToken ct)
    {
        JsonObject inner = state.Change(s =>
        {
            var happened = new JsonObject
            {
                ["type"] = "app_home_opened",
                ["user"] = userId,
                ["channel"] = s.DirectWith(userId).Id,
                ["tab"] = "home",
                ["event_ts"] = s.NextTs(),
            };
            if (s.Homes.TryGetValue(userId, out string? home)) happened["view"] = SlackJson.View(s, s.Views[home]);
            return happened;
        });
        return workspace.Events.Send(inner, ct);
    }

    public static ActionResult Result(BotAnswer answer) => answer switch
    {
        { IsOk: true } => new ActionResult((string?)null),
        BotAnswer.TimedOut => new ActionResult("operation_timeout"),
        _ => new ActionResult("dispatch_failed"),
    };

    private async Task TellClosed(string userId, IReadOnlyList<SlackView> views, bool cleared, CancellationToken ct)
    {
        foreach (SlackView view in views.Where(v => v.Flag("notify_on_close")))
        {
            JsonObject payload = state.Read(s => Payloads.Closed(s, s.Users[userId], view, cleared));
            await bot.SendPayload(InteractionsPath, payload, ct);
        }
    }

    private static JsonObject Stamped(WorkspaceState state, JsonObject action)
    {
        var stamped = (JsonObject)action.DeepClone();
        stamped["action_ts"] = state.NextTs();
        return stamped;
    }

    private static ResponseUrl NewResponseUrl(WorkspaceState state, string userId, string channelId, string? messageTs, string? threadTs)
    {
        var url = new ResponseUrl(Payloads.Random(), userId, channelId, state.Time.GetUtcNow(), messageTs, threadTs);
        return state.ResponseUrls[url.Key] = url;
    }

    private string Address(ResponseUrl url) => new Uri(workspace.Url, $"response/{url.Key}").ToString();
}
