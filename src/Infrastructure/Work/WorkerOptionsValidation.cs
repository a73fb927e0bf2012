using ChatGovernance.Infrastructure.Keycloak;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Work;

/// <summary>Says in one line which setting is out of bounds.</summary>
internal sealed class WorkerOptionsValidation(IOptions<KeycloakOptions> keycloak) : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        if (options.Lease < WorkerOptions.ShortestLease || options.Lease > WorkerOptions.LongestLease)
            return ValidateOptionsResult.Fail("Workers:Lease is not between 5 seconds and 10 minutes");
        if (options.Enabled && CallTimeout() > options.Lease * 2 / 3)
            return ValidateOptionsResult.Fail("Keycloak:CallTimeout is longer than two thirds of Workers:Lease");
        return ValidateOptionsResult.Success;
    }

    /// <summary>Null: something is wrong with Keycloak's own settings, and they say so themselves.</summary>
    private TimeSpan? CallTimeout()
    {
        try
        {
            return keycloak.Value.CallTimeout;
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }
}
