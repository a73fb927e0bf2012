using ChatGovernance.Bot.Hosting;
using ChatGovernance.Bot.Teams.Ingress;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using System.Text.Json;

namespace ChatGovernance.Bot.Teams.Connector;

/// <summary>
/// Whether a call is the Bot Connector's, by the token that comes with it
/// (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot).
/// </summary>
internal sealed partial class ConnectorTokens(IHttpClientFactory clients, IOptions<TeamsOptions> options, TimeProvider time, ILogger<ConnectorTokens> log)
{
    public const string HttpClientName = "teams-keys";

    public const string Issuer = "https://api.botframework.com";

    /// <summary>Other channels of the same bot let their clients say who somebody is.</summary>
    private const string Teams = "msteams";

    private const string Scheme = "Bearer ";

    /// <summary>Longer ones are no tokens of the Bot Connector.</summary>
    private const int LongestToken = 16 * 1024;

    /// <summary>How far the issuer's clock may differ from ours; same source.</summary>
    private static readonly TimeSpan skew = TimeSpan.FromMinutes(5);

    private readonly SignedTokens tokens = new(
        new(() => new ConfigurationManager<OpenIdConnectConfiguration>(
            options.Value.OpenIdMetadataUrl,
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(clients.CreateClient(HttpClientName)) { RequireHttps = new Uri(options.Value.OpenIdMetadataUrl).Scheme == Uri.UriSchemeHttps })),
        refreshAtMost: TimeSpan.FromSeconds(5),
        time);

    /// <returns>Null: it is the Bot Connector's word that this activity is true.</returns>
    public async Task<TokenRefusal?> Check(string authorization, Activity activity, CancellationToken ct)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || authorization.Length > LongestToken)
            return new TokenRefusal(RefusedFor.Unsigned, StatusCodes.Status401Unauthorized);

        var read = await tokens.Read(authorization[Scheme.Length..].Trim(), new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = options.Value.AppId,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            LifetimeValidator = (from, until, _, _) => IsTime(from, until),
        }, ct);
        return read switch
        {
            TokenReading.Valid valid when activity.ChannelId != Teams || !Names(valid.Claims, activity.ServiceUrl) || !Endorses(valid.Key, Teams) => new TokenRefusal(RefusedFor.Forged, StatusCodes.Status403Forbidden),
            TokenReading.Valid => null,
            TokenReading.KeysAway => KeysAway(),
            TokenReading.Invalid { Why: nameof(SecurityTokenInvalidLifetimeException) } => new TokenRefusal(RefusedFor.OutsideWindow, StatusCodes.Status401Unauthorized),
            _ => new TokenRefusal(RefusedFor.Forged, StatusCodes.Status401Unauthorized),
        };
    }

    /// <summary>Whether the keys are known, or can be read now.</summary>
    public Task<bool> KnowsKeys(CancellationToken ct) => tokens.KnowsKeys(ct);

    private TokenRefusal KeysAway()
    {
        LogKeysAway();
        return new TokenRefusal(RefusedFor.KeysAway, StatusCodes.Status401Unauthorized);
    }

    private bool IsTime(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return until is { } end && from is { } start && now - skew < end && now + skew > start;
    }

    private static bool Names(IReadOnlyDictionary<string, object> claims, string? serviceUrl) =>
        claims.GetValueOrDefault("serviceurl") is string { Length: > 0 } claimed && string.Equals(claimed.TrimEnd('/'), serviceUrl?.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    /// <summary>A key of the metadata says for which channels it speaks; one that does not say speaks for none.</summary>
    private static bool Endorses(JsonWebKey? key, string channel) =>
        key?.AdditionalData.TryGetValue("endorsements", out var listed) == true && Strings(listed).Contains(channel, StringComparer.Ordinal);

    private static IEnumerable<string?> Strings(object listed) => listed switch
    {
        JsonElement { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()),
        IEnumerable<object> several => several.Select(one => one as string ?? (one is JsonElement { ValueKind: JsonValueKind.String } text ? text.GetString() : null)),
        _ => [],
    };

    [LoggerMessage(1, LogLevel.Warning, "The Bot Connector's keys cannot be read, so that nobody can tell whose an activity is: it is turned away.")]
    private partial void LogKeysAway();
}

/// <param name="Status">Of HTTP.</param>
internal sealed record TokenRefusal(RefusedFor Why, int Status);
