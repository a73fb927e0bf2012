using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatGovernance.Bot.Api;

/// <summary>What a call is answered. It can be stored, and told again as it was.</summary>
/// <param name="Body">JSON, or empty.</param>
internal sealed record Answer(int Status, byte[] Body) : IResult
{
    private const string Json = "application/json";

    public string ContentType { get; init; } = Json;

    public string? Location { get; init; }

    /// <summary>With its quotes.</summary>
    public string? ETag { get; init; }

    /// <summary>Seconds until another try is worth it.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>What a token lacks (RFC 6750, RFC 9470).</summary>
    public string? Challenge { get; init; }

    /// <summary>It does not ask for another try, now or with another token.</summary>
    [JsonIgnore]
    public bool IsFinal => RetryAfter is null && Challenge is null && Status != StatusCodes.Status404NotFound;

    public static Answer Of<T>(int status, T body, JsonTypeInfo<T> type) => new(status, JsonSerializer.SerializeToUtf8Bytes(body, type));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Answer Read(byte[] stored) => JsonSerializer.Deserialize(stored, ApiJson.Default.Answer) ?? throw new JsonException("Not an answer.");

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Default.Answer);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (Location is not null)
            response.Headers.Location = Location;
        if (ETag is not null)
            response.Headers.ETag = ETag;
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Challenge is not null)
            response.Headers.WWWAuthenticate = Challenge;
        if (Body.Length == 0)
            return;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}
