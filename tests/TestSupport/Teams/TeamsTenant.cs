using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatGovernance.TestSupport.Teams;

/// <summary>
/// A tenant with its Bot Connector on loopback. It refuses what Teams refuses: calls without a token that it gave, conversations that
/// the bot is not in, messages that are too large or too many, cards that no client could draw. A test makes it fail.
/// </summary>
public sealed class TeamsTenant : IAsyncDisposable
{
    public const string TenantId = "99999999-9999-4999-8999-999999999999";
    public const string AppId = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    public const string AppPassword = "teams-app-password";
    public const string AuditConversation = "19:audit@thread.tacv2";

    // https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
    private const int MessageBytes = 28 * 1024;

    private const int PostsInASecond = 7;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly Dictionary<string, HashSet<string>> conversations = [];
    private readonly HashSet<string> blocked = [];
    private readonly List<(string Conversation, string Id, string? Root, JsonElement Activity)> messages = [];
    private readonly Dictionary<(string Message, string Member), JsonElement> views = [];
    private readonly Dictionary<string, Queue<DateTime>> posted = [];
    private readonly ConcurrentQueue<ConnectorCall> calls = [];
    private readonly List<(Func<ConnectorCall, bool> Fits, Queue<ConnectorFault> Faults)> faults = [];
    private readonly HashSet<string> given = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int last;
    private int tokens;

    private TeamsTenant(WebApplication app, IReadOnlyList<TeamsUser> people)
    {
        this.app = app;
        People = people;
        conversations[AuditConversation] = [];
    }

    public IReadOnlyList<TeamsUser> People { get; }

    /// <summary>What activities name as their service URL.</summary>
    public Uri ServiceUrl => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/teams/");

    /// <summary>Where the bot is.</summary>
    public Uri BotUrl { get; set; } = new("http://127.0.0.1:9/");

    /// <summary>The keys that the metadata tells, with the channels that each is endorsed for.</summary>
    public List<(SigningKey Key, string[] Endorsements)> Keys { get; } = [(new SigningKey("key-1"), ["msteams", "webchat"])];

    /// <summary>Whoever asks for them is told that nothing is there.</summary>
    public bool HidesKeys { get; set; }

    /// <summary>How often the metadata was read.</summary>
    public int MetadataReads { get; private set; }

    public IReadOnlyList<ConnectorCall> Calls => [.. calls];

    /// <summary>How often the bot asked for a token.</summary>
    public int TokensGiven => tokens;

    /// <summary>What the bot is told by its settings.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Teams:AppId"] = AppId,
        ["Teams:AppPassword"] = AppPassword,
        ["Teams:TenantId"] = TenantId,
        ["Teams:OpenIdMetadataUrl"] = new Uri(ServiceUrl, "/openid").AbsoluteUri,
        ["Teams:TokenUrl"] = new Uri(ServiceUrl, "/token").AbsoluteUri,
        ["Teams:AuditConversation"] = AuditConversation,
    };

    public static async Task<TeamsTenant> Start(IReadOnlyList<TeamsUser> people, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var tenant = new TeamsTenant(builder.Build(), people);
        tenant.app.Run(tenant.Receive);
        await tenant.app.StartAsync(ct);
        return tenant;
    }

    public TeamsPerson Person(string name) => new(this, People.Single(person => person.Name == name));

    /// <summary>The conversation of a person with the bot.</summary>
    public static string ConversationOf(TeamsUser person) => $"a:{person.ObjectId}";

    /// <summary>The bot may speak there from now on, as Teams has it: nobody is told.</summary>
    public void Put(string conversation, params IEnumerable<TeamsUser> members)
    {
        lock (gate)
            conversations[conversation] = [.. members.Select(member => member.MemberId)];
    }

    /// <summary>The conversation is gone.</summary>
    public void Delete(string conversation)
    {
        lock (gate)
            conversations.Remove(conversation);
    }

    /// <summary>They do not want to hear from the bot; or do again.</summary>
    public void Block(TeamsUser person, bool isBlocked = true)
    {
        lock (gate)
        {
            if (isBlocked)
                blocked.Add(ConversationOf(person));
            else
                blocked.Remove(ConversationOf(person));
        }
    }

    /// <summary>The next calls that fit end so, in this order.</summary>
    public void Fail(Func<ConnectorCall, bool> fits, params IEnumerable<ConnectorFault> with)
    {
        lock (gate)
            faults.Add((fits, new Queue<ConnectorFault>(with)));
    }

    /// <summary>No token that was given so far is taken any more.</summary>
    public void ForgetTokens()
    {
        lock (gate)
            given.Clear();
    }

    /// <summary>Messages in a conversation as this person sees them, oldest first; null: somebody with no view of their own.</summary>
    public IReadOnlyList<TeamsMessage> Messages(string conversation, TeamsUser? reader)
    {
        lock (gate)
            return [.. messages.Where(message => message.Conversation == conversation).Select(message => See(message, reader))];
    }

    /// <summary>A message once one is there that fits.</summary>
    public async Task<TeamsMessage> Sees(string conversation, TeamsUser? reader, Func<TeamsMessage, bool> fits, string what, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        while (true)
        {
            Task change;
            lock (gate)
                change = changed.Task;
            if (Messages(conversation, reader).FirstOrDefault(fits) is { } found)
                return found;
            try
            {
                await change.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException($"{what}: not in time. There are:\n{string.Join("\n--\n", Messages(conversation, reader).Select(message => message.AllText))}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await app.StopAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            // Who still waits for an answer gets none.
        }

        await app.DisposeAsync();
        foreach (var (key, _) in Keys)
            key.Dispose();
    }

    /// <summary>What one person sees of a message, after the bot answered them with it.</summary>
    internal void Show(string message, TeamsUser to, JsonElement card)
    {
        lock (gate)
        {
            views[(message, to.MemberId)] = card;
            Change();
        }
    }

    private TeamsMessage See((string Conversation, string Id, string? Root, JsonElement Activity) message, TeamsUser? reader)
    {
        var card = reader is not null && views.TryGetValue((message.Id, reader.MemberId), out var own) ? own : message.Activity.GetProperty("attachments")[0].GetProperty("content");
        return new TeamsMessage(message.Conversation, message.Id, message.Root, message.Activity.GetProperty("summary").GetString()!, card);
    }

    private async Task Receive(HttpContext context)
    {
        var path = Uri.UnescapeDataString(context.Request.Path.Value!);
        using var read = new StreamReader(context.Request.Body);
        var body = await read.ReadToEndAsync(context.RequestAborted);
        if (path is "/openid" or "/keys" or "/token")
        {
            await Write(context, path switch
            {
                "/openid" or "/keys" when HidesKeys => (404, null),
                "/openid" => (200, Metadata()),
                "/keys" => (200, new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(one => (JsonNode)one.Key.Jwk(one.Endorsements))]) }),
                _ => Token(body),
            });
            return;
        }

        var token = context.Request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : null;
        var call = new ConnectorCall(context.Request.Method, path["/teams".Length..], token, 0);
        // A call without a token gets no further than that.
        var fault = IsGiven(token) ? Fault(call) : null;
        var (status, answer) = fault is null or { Done: true } ? Answer(call, body) : (0, null);
        if (fault is not null)
            (status, answer) = (fault.Status ?? 0, fault.Code is { } code ? Error(code) : null);
        calls.Enqueue(call with { Status = status });
        if (status == 0)
        {
            context.Abort();
            return;
        }

        if (fault?.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = $"{wait}";
        await Write(context, (status, answer));
    }

    private bool IsGiven(string? token)
    {
        lock (gate)
            return token is not null && given.Contains(token);
    }

    private ConnectorFault? Fault(ConnectorCall call)
    {
        lock (gate)
            return faults.Find(fault => fault.Faults.Count > 0 && fault.Fits(call)).Faults?.Dequeue();
    }

    private JsonObject Metadata()
    {
        MetadataReads++;
        return new JsonObject { ["issuer"] = "https://api.botframework.com", ["jwks_uri"] = new Uri(ServiceUrl, "/keys").AbsoluteUri, ["id_token_signing_alg_values_supported"] = new JsonArray("RS256") };
    }

    private (int, JsonNode?) Token(string body)
    {
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(body);
        if (form["grant_type"] != "client_credentials" || form["client_id"] != AppId || form["client_secret"] != AppPassword || form["scope"] != "https://api.botframework.com/.default")
            return (401, new JsonObject { ["error"] = "invalid_client" });
        var token = $"bot-token-{Interlocked.Increment(ref tokens)}";
        lock (gate)
            given.Add(token);
        return (200, new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = 3599, ["access_token"] = token });
    }

    private (int Status, JsonNode? Body) Answer(ConnectorCall call, string body)
    {
        lock (gate)
        {
            if (call.Token is null || !given.Contains(call.Token))
                return (401, Error("AuthenticationFailed"));
            return (call.Method, call.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
            {
                ("POST", ["v3", "conversations"]) => Open(JsonNode.Parse(body)!),
                ("POST", ["v3", "conversations", var into, "activities"]) => Post(into, body),
                ("PUT", ["v3", "conversations", var into, "activities", var id]) => Update(into, id, body),
                ("DELETE", ["v3", "conversations", var into, "activities", var id]) => messages.RemoveAll(message => message.Id == id && message.Conversation == into) > 0 ? (200, null) : (404, Error("ActivityNotFoundInConversation")),
                ("GET", ["v3", "conversations", var into, "members", var id]) => Member(into, id),
                _ => (404, Error("NotFound")),
            };
        }
    }

    private (int, JsonNode?) Open(JsonNode asked)
    {
        var id = (string?)asked["members"]?[0]?["id"];
        if (People.FirstOrDefault(one => one.MemberId == id || one.ObjectId == id) is not { } person || (string?)asked["tenantId"] != TenantId)
            return (400, Error("BadArgument"));
        var conversation = ConversationOf(person);
        return !conversations.ContainsKey(conversation) || blocked.Contains(conversation) ? (403, Error("ForbiddenOperationException")) : (201, new JsonObject { ["id"] = conversation });
    }

    private (int, JsonNode?) Post(string into, string body)
    {
        var parts = into.Split(";messageid=");
        if (Refused(parts[0], body) is { } refused)
            return refused;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var recent = posted.TryGetValue(parts[0], out var before) ? before : posted[parts[0]] = [];
        while (recent.TryPeek(out var first) && now - first > TimeSpan.FromSeconds(1))
            recent.Dequeue();
        if (recent.Count >= PostsInASecond)
            return (429, Error("TooManyRequests"));
        recent.Enqueue(now);
        if (parts.Length > 1 && messages.TrueForAll(message => message.Id != parts[1]))
            return (404, Error("ActivityNotFoundInConversation"));
        var id = $"{1_700_000_000_000 + ++last}";
        messages.Add((parts[0], id, parts.Length > 1 ? parts[1] : null, JsonDocument.Parse(body).RootElement));
        Change();
        return (201, new JsonObject { ["id"] = id });
    }

    private (int, JsonNode?) Update(string into, string id, string body)
    {
        if (Refused(into, body) is { } refused)
            return refused;
        var index = messages.FindIndex(message => message.Id == id && message.Conversation == into);
        if (index < 0)
            return (404, Error("ActivityNotFoundInConversation"));
        messages[index] = messages[index] with { Activity = JsonDocument.Parse(body).RootElement };
        foreach (var view in views.Keys.Where(view => view.Message == id).ToList())
            views.Remove(view);
        Change();
        return (200, new JsonObject { ["id"] = id });
    }

    private (int, JsonNode?)? Refused(string conversation, string body)
    {
        if (!conversations.ContainsKey(conversation))
            return (404, Error("ConversationNotFound"));
        if (blocked.Contains(conversation))
            return (403, Error("MessageWritesBlocked"));
        if (System.Text.Encoding.UTF8.GetByteCount(body) > MessageBytes)
            return (413, Error("MessageSizeTooBig"));
        return CardRules.Problem(JsonDocument.Parse(body).RootElement) is { } problem ? (400, Error(problem)) : null;
    }

    private (int, JsonNode?) Member(string conversation, string id)
    {
        if (!conversations.TryGetValue(conversation, out var members))
            return (404, Error("ConversationNotFound"));
        if (blocked.Contains(conversation))
            return (403, Error("ForbiddenOperationException"));
        return People.FirstOrDefault(one => (one.MemberId == id || one.ObjectId == id) && members.Contains(one.MemberId)) is { } person
            ? (200, new JsonObject
            {
                ["id"] = person.MemberId,
                ["aadObjectId"] = person.ObjectId,
                ["name"] = person.RealName,
                ["email"] = "whatever@example.org",
                ["userPrincipalName"] = $"{person.Name}@example.org",
                ["tenantId"] = person.Tenant,
                ["userRole"] = person.Role,
            })
            : (404, Error("MemberNotFoundInConversation"));
    }

    private void Change()
    {
        var before = changed;
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        before.SetResult();
    }

    private static JsonObject Error(string code) => new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = "refused" } };

    private static async Task Write(HttpContext context, (int Status, JsonNode? Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.Body is null)
            return;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.Body.ToJsonString(), context.RequestAborted);
    }
}
