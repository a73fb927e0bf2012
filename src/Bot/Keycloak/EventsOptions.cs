using ChatGovernance.Infrastructure.Webhooks;
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

    public IReadOnlyList<byte[]> Secrets => WebhookSecret.ReadAll(EventSecret, EventSecretPrevious);
}

internal sealed class EventsOptionsValidation : IValidateOptions<EventsOptions>
{
    public ValidateOptionsResult Validate(string? name, EventsOptions options) =>
        (WebhookSecret.Problem("Keycloak:EventSecret", options.EventSecret) ?? WebhookSecret.Problem("Keycloak:EventSecretPrevious", options.EventSecretPrevious)) is { } problem
            ? ValidateOptionsResult.Fail(problem)
            : ValidateOptionsResult.Success;
}
