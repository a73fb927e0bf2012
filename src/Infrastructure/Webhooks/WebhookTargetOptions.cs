namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>One receiver in the section <c>Webhooks</c> of the configuration.</summary>
internal sealed class WebhookTargetOptions
{
    public string? Url { get; set; }

    /// <summary>A text of 24 bytes or more, or <c>whsec_</c> and Base64.</summary>
    public string? Secret { get; set; }

    /// <summary>While secrets are exchanged: the one before.</summary>
    public string? SecretPrevious { get; set; }

    /// <summary>The URL's host, where nothing is said.</summary>
    public string? Name { get; set; }

    /// <summary>How the types begin that it is sent; none: all.</summary>
    public IList<string> Events { get; set; } = [];

    /// <summary>Of one that is valid.</summary>
    public WebhookTarget Target => new(NameOr(new Uri(Url!)), new Uri(Url!), WebhookSecret.ReadAll(Secret, SecretPrevious), [.. Events]);

    public string NameOr(Uri url) => string.IsNullOrWhiteSpace(Name) ? url.Host : Name;
}
