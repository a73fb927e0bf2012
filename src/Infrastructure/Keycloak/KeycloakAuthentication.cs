using System.Net.Http.Headers;

namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>Sends the service account's token; on 401 takes one new token and tries once more.</summary>
internal sealed class KeycloakAuthentication(KeycloakTokens tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get && !KeycloakChanges.Is(request))
            throw new KeycloakException(KeycloakFailure.Rejected);
        var token = await tokens.Get(cancellationToken);
        try
        {
            return await Send(request, token, cancellationToken);
        }
        catch (KeycloakException e) when (e.Failure == KeycloakFailure.Unauthorized)
        {
            tokens.Discard(token);
            return await Send(request, await tokens.Get(cancellationToken), cancellationToken);
        }
    }

    private Task<HttpResponseMessage> Send(HttpRequestMessage request, AccessToken token, CancellationToken ct)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        return base.SendAsync(request, ct);
    }
}
