using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>
/// What people do and see in a deployment, and what Keycloak holds, read by its administrator and never by the bot's words.
/// </summary>
public abstract class JourneyTest(Deployment deployment) : IAsyncLifetime
{
    /// <summary>Far more than anything takes on an idle machine; a test that passes never waits so long.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    protected const string Reason = "The nightly import has failed.";

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Heavy tests do more.</summary>
    protected static bool FullScale => Environment.GetEnvironmentVariable("SCALE") == "full";

    protected Deployment Deployment { get; } = deployment;

    protected SlackPerson Alice => Deployment.Person("alice");

    protected SlackPerson Bob => Deployment.Person("bob");

    protected SlackPerson Carol => Deployment.Person("carol");

    public virtual async ValueTask InitializeAsync() =>
        await Deployment.Start(await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path, "tests", "EndToEnd.Tests", "realm.json"), Ct), Ct);

    /// <summary>A test that failed shows what the bot wrote.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            TestContext.Current.TestOutputHelper?.WriteLine(Deployment.LastOutput);
        return ValueTask.CompletedTask;
    }

    /// <summary>Types the command, fills the form and sends it.</summary>
    protected async Task Asks(SlackPerson who, string target, string? duration = null, string reason = Reason)
    {
        var form = await AboutToAsk(who, target, duration, reason);
        var sent = await form.Submits(Ct);
        // A busy machine did not take it in time: the bot says so, or Slack does. Whoever sends it again is answered as before.
        for (var waited = Stopwatch.StartNew(); (sent.Trouble == "no_answer" || sent.Errors.Values.Any(IsNotTaken)) && waited.Elapsed < Patience;)
            sent = await form.Submits(Ct);
        sent.Trouble.ShouldBeNull();
        sent.Errors.ShouldBeEmpty();
        sent.Closed.ShouldBeTrue();
    }

    /// <summary>Presses a button, and again where a busy machine did not take it within two seconds: the bot says so, and Slack shows a warning.</summary>
    protected static async Task Presses(SlackPerson who, SlackMessage message, string button)
    {
        var pressed = await who.Clicks(message, button, Ct);
        for (var waited = Stopwatch.StartNew(); !pressed.Worked && waited.Elapsed < Patience;)
            pressed = await who.Clicks(message, button, Ct);
        pressed.Worked.ShouldBeTrue(pressed.Trouble);
    }

    private static bool IsNotTaken(string error) => error.StartsWith("This was not taken", StringComparison.Ordinal);

    /// <summary>The form, filled and not sent yet.</summary>
    protected async Task<OpenModal> AboutToAsk(SlackPerson who, string target, string? duration = null, string reason = Reason)
    {
        var modal = await Asking(who, target);
        modal.ValueOf("target").ShouldNotBeNull($"{target} is not offered, or there are several");
        if (duration is not null)
            await modal.Picks("duration", duration, Ct);
        modal.Writes("justification", reason);
        return modal;
    }

    /// <summary>
    /// The form with the target picked; opened anew where it was not offered at that moment: what could not be read a moment ago, because
    /// the test before made Keycloak unreadable in the middle of a reading, is offered again with the next one.
    /// </summary>
    private async Task<OpenModal> Asking(SlackPerson who, string target)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            var modal = await Opens(who, async () => (await who.Types($"/request-access {target}", Ct)).Error.ShouldBeNull());
            await modal.Shows(_ => modal.Has("target"), Patience, Ct);
            if (modal.ValueOf("target") is not null || waited.Elapsed > Patience)
                return await modal.Shows(_ => modal.Has("duration"), Patience, Ct);
            await modal.Closes(Ct);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Ct);
        }
    }

    /// <summary>Does what opens a form, and again where a busy machine let its three seconds pass: the bot says so, or Slack refuses to open it.</summary>
    protected async Task<OpenModal> Opens(SlackPerson who, Func<Task> act, Func<SlackView, bool>? fits = null)
    {
        while (true)
        {
            var (told, calls) = (Newest(who), Deployment.Workspace.Calls.Count);
            await act();
            try
            {
                return await who.SeesModal(fits, TimeSpan.FromSeconds(10), Ct);
            }
            catch (TimeoutException) when (AllTold(who, "That took too long").Any(m => IsAfter(m, told))
                || Deployment.Workspace.Calls.Skip(calls).Any(c => c is { Method: "views.open", Error: "expired_trigger_id" }))
            {
                Ct.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Asks, and waits for the copies of both approvers.</summary>
    protected async Task<(SlackMessage Bobs, SlackMessage Carols)> AsksBoth(SlackPerson who, string target, string? duration = null, string reason = Reason)
    {
        var (bobs, carols) = (Newest(Bob), Newest(Carol));
        await Asks(who, target, duration, reason);
        return (await Question(Bob, who, target, bobs), await Question(Carol, who, target, carols));
    }

    /// <summary>An approver's copy with buttons, posted after another message.</summary>
    protected static Task<SlackMessage> Question(SlackPerson approver, SlackPerson requester, string target, string after = "") =>
        Direct(approver, m => m.Buttons.Count > 0 && m.Text.StartsWith($"{requester.User.RealName} asks for {target}\n", StringComparison.Ordinal) && IsAfter(m, after));

    /// <summary>A direct message whose text begins so.</summary>
    protected static Task<SlackMessage> Told(SlackPerson person, string title, string after = "") =>
        Direct(person, m => m.Text.StartsWith(title, StringComparison.Ordinal) && IsAfter(m, after));

    protected static Task<SlackMessage> Direct(SlackPerson person, Func<SlackMessage, bool> fits) =>
        person.SeesMessage(m => m.ChannelId == person.Direct.Id && fits(m), Patience, Ct);

    /// <summary>Nothing can be decided on this copy any more.</summary>
    protected static bool IsClosed(SlackMessage message) => message.Buttons.All(button => button.Text is not ("Approve" or "Deny" or "Shorten"));

    /// <summary>A message once it shows something else.</summary>
    protected static async Task<SlackMessage> Becomes(SlackPerson person, SlackMessage message, Func<SlackMessage, bool> fits)
    {
        try
        {
            return await person.SeesMessage(m => m.ChannelId == message.ChannelId && m.Ts == message.Ts && fits(m), Patience, Ct);
        }
        catch (TimeoutException late)
        {
            var now = person.Messages.LastOrDefault(m => m.ChannelId == message.ChannelId && m.Ts == message.Ts);
            throw new TimeoutException($"{late.Message}; it is still: {now?.AllText}", late);
        }
    }

    /// <summary>Direct messages whose text begins so.</summary>
    protected static IReadOnlyList<SlackMessage> AllTold(SlackPerson person, string title) =>
        [.. person.Messages.Where(m => m.ChannelId == person.Direct.Id && m.Text.StartsWith(title, StringComparison.Ordinal))];

    /// <summary>Of the newest direct message; empty when there is none.</summary>
    protected static string Newest(SlackPerson person) => person.Messages.LastOrDefault(m => m.ChannelId == person.Direct.Id)?.Ts ?? "";

    /// <summary>The dialog of Deny, filled and not sent yet.</summary>
    protected async Task<OpenModal> AboutToDeny(SlackPerson approver, SlackMessage question, string reason)
    {
        var dialog = await Opens(approver, async () => (await approver.Clicks(question, "Deny", Ct)).Worked.ShouldBeTrue(), v => v.Title == "Deny access");
        dialog.Writes("reason", reason);
        return dialog;
    }

    protected async Task Denies(SlackPerson approver, SlackMessage question, string reason) =>
        (await (await AboutToDeny(approver, question, reason)).Submits(Ct)).Closed.ShouldBeTrue();

    /// <summary>Asks the condition until it holds, less and less often: what it asks shares the machine with what it waits for.</summary>
    protected static async Task Until(Func<Task<bool>> holds, string what, TimeSpan? patience = null)
    {
        var atMost = patience ?? Patience;
        var pause = TimeSpan.FromMilliseconds(100);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < atMost;)
        {
            if (await holds())
                return;
            await Task.Delay(pause, TimeProvider.System, Ct);
            pause = pause < TimeSpan.FromSeconds(1) ? pause * 1.2 : pause;
        }

        throw new TimeoutException($"not within {atMost.TotalSeconds} s: {what}\n{TestContext.Current.TestOutputHelper?.Output}");
    }

    /// <summary>What Keycloak says to its administrator: <c>/group/path</c>, <c>role</c> or <c>client/role</c>, held directly.</summary>
    protected async Task<bool> Holds(string username, string target) => (await Held(username)).Contains(target);

    protected async Task<IReadOnlyList<string>> Held(string username)
    {
        var user = await UserId(username);
        var groups = (await Deployment.Realm.Get($"users/{user}/groups?briefRepresentation=true", Ct))!.AsArray().Select(g => (string)g!["path"]!);
        var mappings = (await Deployment.Realm.Get($"users/{user}/role-mappings", Ct))!;
        var roles = mappings["realmMappings"]?.AsArray().Select(r => (string)r!["name"]!) ?? [];
        var clients = mappings["clientMappings"]?.AsObject().SelectMany(c => c.Value!["mappings"]!.AsArray().Select(r => $"{c.Key}/{(string)r!["name"]!}")) ?? [];
        return [.. groups, .. roles, .. clients];
    }

    protected async Task<string> UserId(string username) =>
        (string)(await Deployment.Realm.Get($"users?exact=true&username={username}", Ct))!.AsArray().Single()!["id"]!;

    protected async Task<string> GroupId(string path) =>
        (string)(await Deployment.Realm.Get($"group-by-path/{path.TrimStart('/')}", Ct))!["id"]!;

    protected Task<JsonNode?> Administrator(HttpMethod method, string path, JsonNode? body = null) => Deployment.Realm.Send(method, path, body, Ct);

    /// <summary>The administrator gives somebody a target.</summary>
    protected async Task Gives(string username, string target)
    {
        var user = await UserId(username);
        if (target.StartsWith('/'))
        {
            await Administrator(HttpMethod.Put, $"users/{user}/groups/{await GroupId(target)}");
            return;
        }

        var parts = target.Split('/');
        var client = parts.Length == 1 ? null : (string)(await Deployment.Realm.Get($"clients?clientId={parts[0]}", Ct))!.AsArray().Single()!["id"]!;
        var role = await Deployment.Realm.Get(client is null ? $"roles/{target}" : $"clients/{client}/roles/{parts[1]}", Ct);
        await Administrator(HttpMethod.Post, $"users/{user}/role-mappings/{(client is null ? "realm" : $"clients/{client}")}", new JsonArray(role!.DeepClone()));
    }

    /// <summary>Moves the end of the grant that came of a request to now, in the database: nobody waits for hours.</summary>
    /// <param name="orItHasBegun">Nothing is moved where something else has begun the end already.</param>
    protected async Task EndsNow(SlackMessage question, bool orItHasBegun = false)
    {
        RequestId.TryParse(question.Buttons[0].Value, out var request).ShouldBeTrue();
        var entitlement = new EntitlementId(Guid.Parse((string)(await Deployment.Audit.Ask($"SELECT entitlement_id FROM grants WHERE request_id = '{request}'", Ct))!));
        CommitResult saved;
        do
        {
            var loaded = (await Deployment.Store.Entitlements.Load(entitlement, Ct))!;
            var grant = loaded.Value.Grants.Single(g => g.Request == request);
            if (orItHasBegun && grant.State is not GrantState.Active)
                return;
            var active = grant.State.ShouldBeOfType<GrantState.Active>();
            var ended = loaded.Value.With(grant with { State = active with { EndsAt = TimeProvider.System.GetUtcNow() } });
            saved = await Deployment.Store.Commits.Commit(new Changes { Entitlement = new Versioned<Entitlement>(ended, loaded.Version) }, Ct);
        }
        while (saved == CommitResult.Conflict);
    }

    /// <summary>The request that an approver's buttons are about, as subjects are written.</summary>
    protected static string Subject(SlackMessage question) => $"request:{question.Buttons[0].Value}";

    /// <summary>A health check: <c>live</c> or <c>ready</c>.</summary>
    protected async Task<(HttpStatusCode Status, string Body)> Health(string check)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(new Uri(Deployment.Bot.Url, $"health/{check}"), Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>How often a request's rows say this.</summary>
    protected async Task<int> Count(string subject, string kind) => (await Deployment.Audit.Read(Ct, subject)).Count(row => row.Kind == kind);

    private static bool IsAfter(SlackMessage message, string ts) => string.CompareOrdinal(message.Ts, ts) > 0;
}
