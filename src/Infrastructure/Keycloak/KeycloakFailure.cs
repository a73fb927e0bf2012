namespace ChatGovernance.Infrastructure.Keycloak;

internal enum KeycloakFailure
{
    /// <summary>No connection, a broken one, or no complete answer within the time-out.</summary>
    NoAnswer,

    /// <summary>429 or 5xx. Keycloak also answers 500 to some bad input.</summary>
    Unavailable,

    /// <summary>An answer that is not Keycloak's: HTML, cut off, another shape, a redirect, a 404 of something before it.</summary>
    Unreadable,

    /// <summary>401, also after a new token; or no token is given to this client.</summary>
    Unauthorized,

    /// <summary>403: the service account lacks the privilege.</summary>
    Forbidden,

    /// <summary>Keycloak's own 404, as JSON.</summary>
    NotFound,

    /// <summary>409.</summary>
    Conflict,

    /// <summary>The realm of this name is not the one that was seen first.</summary>
    OtherRealm,

    /// <summary>Any other 4xx: the call itself is wrong.</summary>
    Rejected,
}
