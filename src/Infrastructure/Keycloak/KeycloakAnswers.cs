using System.Net;
using System.Text.Json;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>
/// Bounds each call in time and size, and turns every answer that is not a success into a <see cref="KeycloakException"/>.
/// The body is read here, so that a connection that breaks in the middle of it is a failure of the call.
/// </summary>
/// <param name="administrates">Changes of the realm itself are confirmed with 200 or 201 as well.</param>
internal sealed class KeycloakAnswers(TimeSpan timeout, TimeProvider time, bool administrates = false) : DelegatingHandler
{
    /// <summary>A page of 100 groups with all their attributes is far below this.</summary>
    private const int MaxBodyBytes = 32 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KeycloakException(KeycloakFailure.NoAnswer, inner: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new KeycloakException(KeycloakFailure.NoAnswer, inner: e);
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(MaxBodyBytes, either.Token);
            if (response.IsSuccessStatusCode && (request.Method == HttpMethod.Get || IsChange(request, response)))
                return response;
            throw Failed(response, await response.Content.ReadAsStringAsync(either.Token));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            response.Dispose();
            throw new KeycloakException(KeycloakFailure.NoAnswer, inner: e);
        }
        catch (HttpRequestException e)
        {
            // Content that breaks off or is too long: an answer, but not one to rely on.
            response.Dispose();
            throw new KeycloakException(KeycloakFailure.Unreadable, (int)response.StatusCode, inner: e);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Keycloak confirms a change with 204, a new mapper with 201, a token with 200; a proxy's friendly 200 page confirms nothing.</summary>
    private bool IsChange(HttpRequestMessage request, HttpResponseMessage response) =>
        request.Options.TryGetValue(KeycloakTokens.IsTokenRequest, out var token) && token
            ? response.StatusCode == HttpStatusCode.OK
            : response.StatusCode == HttpStatusCode.NoContent
                || (response.StatusCode == HttpStatusCode.Created && KeycloakChanges.MakesMapper(request))
                || (administrates && response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created);

    private KeycloakException Failed(HttpResponseMessage response, string body)
    {
        int status = (int)response.StatusCode;
        string? error = Error(body);
        var failure = status switch
        {
            401 => KeycloakFailure.Unauthorized,
            403 => KeycloakFailure.Forbidden,
            404 => error is null ? KeycloakFailure.Unreadable : KeycloakFailure.NotFound,
            409 => KeycloakFailure.Conflict,
            408 or 429 or >= 500 => KeycloakFailure.Unavailable,
            >= 400 => KeycloakFailure.Rejected,
            _ => KeycloakFailure.Unreadable,
        };
        return new KeycloakException(failure, status, error, RetryAfter(response));
    }

    private static string? Error(string body)
    {
        try
        {
            var rows = JsonSerializer.Deserialize(body, KeycloakJson.Default.ErrorRow);
            return rows?.Error ?? rows?.ErrorMessage;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };
}
