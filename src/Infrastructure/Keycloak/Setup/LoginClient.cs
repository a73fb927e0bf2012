using ChatGovernance.Core.Health;
using Microsoft.Extensions.Configuration;

namespace ChatGovernance.Infrastructure.Keycloak.Setup;

/// <summary>The client with which people log in at the bot, where one is set up.</summary>
internal sealed class LoginClient(IConfiguration configuration)
{
    private const string ClientKey = "Login:ClientId";
    private const string AddressKey = "PublicUrl";
    private const string Callback = "signin-keycloak";
    private const string Name = "login client";

    /// <summary>Null: people do not log in at the bot.</summary>
    public async Task<Check?> Examine(KeycloakClient client, CancellationToken ct)
    {
        if (configuration[ClientKey] is not { Length: > 0 } clientId)
            return null;
        try
        {
            return await client.Client(clientId, ct) switch
            {
                null => Check.Failed(Name, $"There is no client {clientId}, or the bot may not see it.", $"Make it, or correct {ClientKey}."),
                { Enabled: false } => Check.Failed(Name, $"The client {clientId} is disabled.", "Enable it."),
                { StandardFlowEnabled: false } => Check.Failed(Name, $"The standard flow is off for the client {clientId}, so nobody can log in with it.", "Switch the standard flow on for it."),
                { RedirectUris: { } uris } when configuration[AddressKey] is { Length: > 0 } address && !uris.Any(uri => Allows(uri, $"{address.TrimEnd('/')}/{Callback}")) =>
                    Check.Failed(Name, $"The client {clientId} does not send people back to {address.TrimEnd('/')}/{Callback}.", "Add that to its valid redirect URIs."),
                _ => Check.Ok(Name, $"People can log in with the client {clientId}."),
            };
        }
        catch (KeycloakException e)
        {
            return Check.Unknown(Name, Core.Chat.Sentences.For(Readings.DoubtOf(e)), "Look again once that is settled.");
        }
    }

    private static bool Allows(string pattern, string address) =>
        pattern.EndsWith('*') ? address.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == address;
}
