using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ChatGovernance.Sandbox.Realm;

/// <summary>
/// A realm in memory on loopback that speaks what the bot needs of Keycloak 26.7.4: the token endpoint and a part of the
/// Admin REST API. Held to the same contract tests as the real server. A call it does not know gets 501 and is in <see cref="UnknownCalls"/>.
/// </summary>
public sealed partial class SandboxRealm : IAsyncDisposable
{
    /// <summary>The server's administrator, as a fresh Keycloak would have one (client <c>admin-cli</c> of the realm <c>master</c>).</summary>
    public const string Administrator = "admin";

    public const string AdministratorPassword = "admin";

    private readonly RealmState state;
    private readonly RealmTokens tokens;
    private readonly RealmLogins logins;
    private readonly TimeProvider time;
    private readonly WebApplication app;
    private readonly Lock callsGate = new();
    private readonly List<RecordedCall> calls = [];

    private SandboxRealm(string realmJson, int port, TimeProvider time)
    {
        this.time = time;
        state = RealmFile.Read(realmJson, time);
        logins = new RealmLogins(state, time);
        tokens = new RealmTokens(state, logins, time, Administrator, AdministratorPassword);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRouting();
        app = builder.Build();
        RealmRoutes.All.MapTo(app, (http, handle) => Serve(http, (body, name) => Handle(http, body, name, handle)));
        app.MapPost("/realms/{realm}/protocol/openid-connect/token", (RequestDelegate)(http => Serve(http, (_, name) => tokens.Answer(name, http.Request.Form, Server(http)))));
        MapLogins();
        app.MapFallback((RequestDelegate)(http => Serve(http, (_, _) => RealmAnswer.NotSpoken)));
    }

    /// <summary>The server's base URL, as <c>Keycloak:Url</c> wants it.</summary>
    public Uri Url { get; private set; } = null!;

    public string Name => state.Name;

    public RealmFaults Faults { get; } = new();

    /// <summary>In order of arrival.</summary>
    public IReadOnlyList<RecordedCall> Calls
    {
        get
        {
            lock (callsGate)
                return [.. calls];
        }
    }

    public IReadOnlyList<RecordedCall> UnknownCalls => [.. Calls.Where(c => c.Status == 501)];

    /// <param name="realmJson">What Keycloak imports with <c>--import-realm</c>.</param>
    /// <param name="port">0: any free one.</param>
    public static async Task<SandboxRealm> Start(string realmJson, int port, TimeProvider time, CancellationToken ct)
    {
        var realm = new SandboxRealm(realmJson, port, time);
        await realm.app.StartAsync(ct);
        realm.Url = new Uri(realm.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return realm;
    }

    public async ValueTask DisposeAsync()
    {
        Faults.Clear();
        await app.DisposeAsync();
        logins.Dispose();
    }

    private RealmAnswer Handle(HttpContext http, string body, string realmName, Func<RealmCall, RealmAnswer> handle)
    {
        var caller = tokens.Caller(http.Request.Headers.Authorization);
        if (realmName != state.Name)
            throw RealmRefusal.NotFound("Realm not found.");
        return handle(new RealmCall(state, caller, http.Request.RouteValues, http.Request.Query, body, time));
    }

    private async Task Serve(HttpContext http, Func<string, string, RealmAnswer> answer)
    {
        http.Request.EnableBuffering();
        string body = await new StreamReader(http.Request.Body).ReadToEndAsync(http.RequestAborted);
        http.Request.Body.Position = 0;
        var call = Record(http, body);
        if (await Suffers(http, call, afterEffect: false, null))
            return;

        if (call.IsToken)
            await http.Request.ReadFormAsync(http.RequestAborted);
        RealmAnswer result;
        lock (state.Gate)
        {
            try
            {
                result = answer(body, (string?)http.Request.RouteValues["realm"] ?? "");
            }
            catch (RealmRefusal refusal)
            {
                result = new RealmAnswer(refusal.Status, refusal.Body);
            }
            catch (System.Text.Json.JsonException)
            {
                var refusal = RealmRefusal.BadJson();
                result = new RealmAnswer(refusal.Status, refusal.Body);
            }
        }

        call.Status = result.Status;
        if (await Suffers(http, call, afterEffect: true, result))
            return;
        http.Response.StatusCode = result.Status;
        if (result.Created is { } id)
            http.Response.Headers.Location = $"{Url.ToString().TrimEnd('/')}{http.Request.Path}/{Uri.EscapeDataString(id)}";
        if (result.Body is { } json)
            await Write(http, Text(json), "application/json");
    }

    private RecordedCall Record(HttpContext http, string body)
    {
        string path = http.Request.Path.Value ?? "";
        string admin = $"/admin/realms/{http.Request.RouteValues["realm"]}";
        var call = new RecordedCall
        {
            Method = http.Request.Method,
            Path = path.EndsWith("/protocol/openid-connect/token", StringComparison.Ordinal) ? "token"
                : path.StartsWith(admin, StringComparison.Ordinal) ? path[admin.Length..].Trim('/') : path,
            Query = http.Request.QueryString.Value ?? "",
            Body = body,
        };
        lock (callsGate)
            calls.Add(call);
        return call;
    }

    /// <summary>True when a fault has given the answer, or made sure that there is none.</summary>
    private async Task<bool> Suffers(HttpContext http, RecordedCall call, bool afterEffect, RealmAnswer? result)
    {
        foreach (var effect in Faults.Take(call, afterEffect))
        {
            switch (effect)
            {
                case RealmEffect.Delay delay:
                    await Task.Delay(delay.By, time, http.RequestAborted);
                    break;
                case RealmEffect.Hold hold:
                    await hold.Held.Wait();
                    break;
                case RealmEffect.Drop:
                    http.Abort();
                    return true;
                case RealmEffect.Truncate:
                    http.Response.StatusCode = 200;
                    byte[] whole = System.Text.Encoding.UTF8.GetBytes(result?.Body is { } json ? Text(json) : "{}");
                    http.Response.ContentLength = whole.Length;
                    await http.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2), http.RequestAborted);
                    await http.Response.Body.FlushAsync(http.RequestAborted);
                    http.Abort();
                    return true;
                case RealmEffect.Answer answer:
                    call.Status = http.Response.StatusCode = answer.Status;
                    if (answer.RetryAfter is { } wait)
                        http.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
                    await Write(http, answer.Body, answer.ContentType);
                    return true;
            }
        }

        return false;
    }

    private static string Text(JsonNode json) => json.ToJsonString(RealmRepresentations.Plain);

    private static async Task Write(HttpContext http, string body, string contentType)
    {
        http.Response.ContentType = contentType;
        await http.Response.WriteAsync(body, http.RequestAborted);
    }
}
