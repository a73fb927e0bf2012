using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Keycloak;

/// <summary>What Keycloak signs what it sends with; the section <c>Keycloak</c>.</summary>
internal sealed class EventsOptions
{
    /// <summary>A text of 24 bytes or more, or <c>whsec_</c> and Base64; null: nothing is taken from Keycloak.</summary>
    public string? EventSecret { get; set; }

    /// <summary>While secrets are exchanged: the one before.</summary>
    public string? EventSecretPrevious { get; set; }

    public bool IsOn => !string.IsNullOrWhiteSpace(EventSecret);

    public IReadOnlyList<byte[]> Secrets => [.. new[] { EventSecret, EventSecretPrevious }.Where(secret => !string.IsNullOrWhiteSpace(secret)).Select(secret => WebhookSignature.Secret(secret!.Trim())).OfType<byte[]>()];
}

internal sealed class EventsOptionsValidation : IValidateOptions<EventsOptions>
{
    /// <summary>As Standard Webhooks asks for.</summary>
    private const int ShortestSecret = 24;

    public ValidateOptionsResult Validate(string? name, EventsOptions options) =>
        (Problem("Keycloak:EventSecret", options.EventSecret) ?? Problem("Keycloak:EventSecretPrevious", options.EventSecretPrevious)) is { } problem
            ? ValidateOptionsResult.Fail(problem)
            : ValidateOptionsResult.Success;

    private static string? Problem(string key, string? secret) =>
        string.IsNullOrWhiteSpace(secret) ? null
        : WebhookSignature.Secret(secret.Trim()) is not { } bytes ? $"{key} is not Base64 after whsec_"
        : bytes.Length < ShortestSecret ? $"{key} is shorter than {ShortestSecret} bytes: openssl rand -base64 32 makes one"
        : null;
}
