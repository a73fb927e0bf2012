using System.Diagnostics;
using System.Globalization;
using ChatGovernance.Infrastructure.Observability;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Measures each call, and counts what <see cref="KeycloakAnswers"/> throws, where each passes once.</summary>
internal sealed class KeycloakCounting(KeycloakMetrics metrics, TimeProvider time) : DelegatingHandler
{
    private const string TraceHeader = "traceparent";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var step = Traces.Step($"keycloak {request.Method} {KeycloakRoutes.Of(request.RequestUri!)}", ActivityKind.Client);
        // Keycloak can go on with it in traces of its own. The same call may pass here twice.
        request.Headers.Remove(TraceHeader);
        if (step?.Id is { } id)
            request.Headers.Add(TraceHeader, id);

        var startedAt = time.GetTimestamp();
        var status = "cancelled";
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            status = Number((int)response.StatusCode);
            return response;
        }
        catch (KeycloakException exception)
        {
            status = exception.Status is { } code ? Number(code) : "none";
            metrics.CountFailure(exception.Failure);
            step?.SetStatus(ActivityStatusCode.Error, exception.Failure.ToString());
            throw;
        }
        finally
        {
            step?.SetTag("http.response.status_code", status);
            metrics.CountCall(request.Method, status, time.GetElapsedTime(startedAt));
        }
    }

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);
}
