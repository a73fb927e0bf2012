using Microsoft.Extensions.Options;

namespace ChatGovernance.Bot.Api;

/// <summary>The section <c>Api</c>.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>What a token must name as its audience; also the client whose roles services are given. <c>Keycloak:ClientId</c> when absent.</summary>
    public string? Audience { get; set; }

    /// <summary>Calls of one caller to one replica within a minute, as many at once.</summary>
    public int CallsPerMinute { get; set; } = 600;
}

internal sealed class ApiOptionsValidation : IValidateOptions<ApiOptions>
{
    private const int Most = 60_000;

    public ValidateOptionsResult Validate(string? name, ApiOptions options) => options.CallsPerMinute is < 1 or > Most
        ? ValidateOptionsResult.Fail($"Api:CallsPerMinute must be between 1 and {Most}")
        : ValidateOptionsResult.Success;
}
