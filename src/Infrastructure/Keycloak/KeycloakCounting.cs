namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Counts what <see cref="KeycloakAnswers"/> throws, where each call passes once.</summary>
internal sealed class KeycloakCounting(KeycloakMetrics metrics) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (KeycloakException exception)
        {
            metrics.CountFailure(exception.Failure);
            throw;
        }
    }
}
