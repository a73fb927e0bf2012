namespace ChatGovernance.Infrastructure.Keycloak;

/// <summary>What went wrong with a call to Keycloak. The message holds no names and no secrets.</summary>
internal sealed class KeycloakException : Exception
{
    public KeycloakException(KeycloakFailure failure, int? status = null, string? error = null, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(status is { } code ? $"Keycloak: {failure} (status {code})" : $"Keycloak: {failure}", inner)
    {
        Failure = failure;
        Status = status;
        Error = error;
        RetryAfter = retryAfter;
    }

    public KeycloakFailure Failure { get; }

    /// <summary>Null when there was no answer.</summary>
    public int? Status { get; }

    /// <summary>Keycloak's own <c>error</c> or <c>errorMessage</c>; it may hold names: not for logs.</summary>
    public string? Error { get; }

    /// <summary>How long Keycloak, or what stands before it, asks to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The same call may succeed later without anybody changing anything.</summary>
    public bool IsTransient => Failure is KeycloakFailure.NoAnswer or KeycloakFailure.Unavailable or KeycloakFailure.Conflict or KeycloakFailure.Unreadable;
}
