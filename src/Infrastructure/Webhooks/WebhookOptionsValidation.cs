using System.Text.RegularExpressions;
using ChatGovernance.Core.Webhooks;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>Says in one line which setting is missing or malformed.</summary>
internal sealed partial class WebhookOptionsValidation : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var named = new Dictionary<string, string>();
        foreach (var (key, target) in options.Targets)
        {
            if ((Problem(key, target) ?? Twice(key, target, named)) is { } problem)
                return ValidateOptionsResult.Fail(problem);
        }

        return ValidateOptionsResult.Success;
    }

    private static string? Problem(string key, WebhookTargetOptions target)
    {
        if (string.IsNullOrWhiteSpace(target.Url))
            return $"{key}:Url is missing: where events are sent";
        if (!Uri.TryCreate(target.Url, UriKind.Absolute, out var url) || url is not { Scheme: "http" or "https", UserInfo: "", Fragment: "" })
            return $"{key}:Url is not an http or https URL without credentials and fragment";
        if (url is { Scheme: "http", IsLoopback: false })
            return $"{key}:Url is not https: whoever listens on the way could read what is sent";
        if (string.IsNullOrWhiteSpace(target.Secret))
            return $"{key}:Secret is missing, and so is {key}:SecretFile: what events are signed with";
        if ((WebhookSecret.Problem($"{key}:Secret", target.Secret) ?? WebhookSecret.Problem($"{key}:SecretPrevious", target.SecretPrevious)) is { } secret)
            return secret;
        if (!string.IsNullOrWhiteSpace(target.Name) && !Name().IsMatch(target.Name))
            return $"{key}:Name is not a name of letters, digits, dots, hyphens and underscores, 60 at most";
        return target.Events.FirstOrDefault(beginning => !WebhookType.All.Any(type => beginning.Length > 0 && type.StartsWith(beginning, StringComparison.Ordinal))) is { } unknown
            ? $"{key}:Events holds \"{unknown}\", with which no type of event begins (docs/webhooks.md has them)"
            : null;
    }

    private static string? Twice(string key, WebhookTargetOptions target, Dictionary<string, string> named)
    {
        var name = target.NameOr(new Uri(target.Url!));
        return named.TryAdd(name, key) ? null : $"{key}:Name is wanted: {named[name]} is called {name}, too";
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,60}$")]
    private static partial Regex Name();
}
