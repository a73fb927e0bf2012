using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Teams.Connector;

/// <summary>
/// The bot's own token (client credentials): kept, renewed before it expires, and asked for once however many calls wait for it.
/// </summary>
internal sealed partial class BotToken(IHttpClientFactory clients, IOptions<TeamsOptions> options, TimeProvider time, ILogger<BotToken> log)
{
    public const string HttpClientName = "teams-token";

    // https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#step-1-request-an-access-token-from-the-azure-ad-account-login-service
    private const string Scope = "https://api.botframework.com/.default";

    private static readonly TimeSpan within = TimeSpan.FromSeconds(10);

    /// <summary>Renewed so long before its end, or a fifth of its life before, whichever is shorter.</summary>
    private static readonly TimeSpan ahead = TimeSpan.FromMinutes(5);

    /// <summary>After a failure nobody asks for so long.</summary>
    private static readonly TimeSpan rest = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Kept? current;
    private DateTimeOffset notBefore;
    private Task<Kept?>? inFlight;

    /// <returns>Null: none is to be had now.</returns>
    public async Task<string?> Get(CancellationToken ct)
    {
        Task<Kept?> asking;
        lock (gate)
        {
            if (current is { } kept && time.GetUtcNow() < kept.RenewAt)
                return kept.Token;
            if (time.GetUtcNow() < notBefore && inFlight is null or { IsCompleted: true })
                return null;
            // Not the caller's cancellation: others wait for the same answer. The call bounds itself in time.
            if (inFlight is null or { IsCompleted: true })
                inFlight = Task.Run(Fetch, CancellationToken.None);
            asking = inFlight;
        }

        return (await asking.WaitAsync(ct))?.Token;
    }

    /// <summary>Forgets a token that was turned away, unless another call has already replaced it.</summary>
    public void Discard(string token)
    {
        lock (gate)
        {
            if (current?.Token == token)
                current = null;
        }
    }

    private async Task<Kept?> Fetch()
    {
        using var late = new CancellationTokenSource(within, time);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.TokenAddress)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"),
                new("client_id", options.Value.AppId!),
                new("client_secret", options.Value.AppPassword!),
                new("scope", Scope),
            ]),
        };
        var askedAt = time.GetUtcNow();
        try
        {
            using var client = clients.CreateClient(HttpClientName);
            using var response = await client.SendAsync(request, late.Token);
            if (!response.IsSuccessStatusCode)
                return Failed($"{(int)response.StatusCode}");
            if (TeamsJson.Read(await response.Content.ReadAsByteArrayAsync(late.Token), TeamsJson.Default.TokenAnswer) is not { AccessToken: { Length: > 0 } token, ExpiresIn: { } seconds })
                return Failed("garbage");
            var life = TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 86_400));
            var kept = new Kept(token, askedAt + life - (life / 5 < ahead ? life / 5 : ahead));
            lock (gate)
                current = kept;
            return kept;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return Failed(e is HttpRequestException http ? http.HttpRequestError.ToString() : e.GetType().Name);
        }
    }

    /// <summary>The caller counts that none was to be had.</summary>
    private Kept? Failed(string why)
    {
        lock (gate)
            notBefore = time.GetUtcNow() + rest;
        LogFailed(why);
        return null;
    }

    [LoggerMessage(1, LogLevel.Warning, "The app's credentials brought no token: {Why}.")]
    private partial void LogFailed(string why);

    private sealed record Kept(string Token, DateTimeOffset RenewAt);
}
