using System.Text.Json;
using ChatGovernance.Core.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ChatGovernance.Infrastructure.Keycloak.Setup;

/// <summary>The client with which people log in at the bot, its own where no other is named, and what such a login can say of itself.</summary>
internal sealed class LoginClient(IConfiguration configuration, IOptions<KeycloakOptions> options)
{
    private const string ClientKey = "Login:ClientId";
    private const string LevelKey = "Login:Acr";
    private const string AddressKey = "PublicUrl";
    private const string Callback = "signin-keycloak";
    private const string Client = "login client";
    private const string Level = "login level";

    /// <summary>Of a realm and of a client: names of levels of authentication, each with its number, as JSON (26.7.4).</summary>
    private const string LevelsAttribute = "acr.loa.map";

    /// <summary>Empty: people do not log in at the bot.</summary>
    public async Task<IReadOnlyList<Check>> Examine(KeycloakClient client, RealmRow realm, CancellationToken ct)
    {
        if (configuration[AddressKey] is not { Length: > 0 } address)
            return configuration[ClientKey] is { Length: > 0 } ? [Check.Warning(Client, $"Nobody can log in at the bot: {AddressKey} is missing.", "Set it to the address by which browsers reach the bot.")] : [];
        var clientId = configuration[ClientKey] is { Length: > 0 } named ? named : options.Value.ClientId!;
        try
        {
            var row = await client.Client(clientId, ct);
            return [OfClient(clientId, row, $"{address.TrimEnd('/')}/{Callback}"), .. row is not null && configuration[LevelKey]?.Trim() is { Length: > 0 } level ? [OfLevel(level, realm, row)] : Array.Empty<Check>()];
        }
        catch (KeycloakException e)
        {
            return [Check.Unknown(Client, Core.Chat.Sentences.For(Readings.DoubtOf(e)), "Look again once that is settled.")];
        }
    }

    private static Check OfClient(string clientId, ClientRow? row, string callback) => row switch
    {
        // With fine-grained permissions the bot may see no client but those that it is shown.
        null => Check.Unknown(Client, $"There is no client {clientId}, or the bot may not see it.", $"Make it, correct {ClientKey}, or let the bot view it."),
        { Enabled: false } => Check.Failed(Client, $"The client {clientId} is disabled.", "Enable it."),
        { StandardFlowEnabled: false } => Check.Failed(Client, $"The standard flow is off for the client {clientId}, so nobody can log in with it.", "Switch the standard flow on for it."),
        { RedirectUris: { } uris } when !uris.Any(uri => Allows(uri, callback)) =>
            Check.Failed(Client, $"The client {clientId} does not send people back to {callback}.", "Add that to its valid redirect URIs."),
        _ => Check.Ok(Client, $"People can log in with the client {clientId}."),
    };

    /// <summary>Keycloak takes a name from the client's levels, then from the realm's, or a number.</summary>
    private static Check OfLevel(string level, RealmRow realm, ClientRow row) =>
        int.TryParse(level, out _) || Names(row.Attributes, level) || Names(realm.Attributes, level)
            ? Check.Ok(Level, $"Keycloak knows the level {level} that a login for a decision must have.")
            : Check.Failed(Level, $"Keycloak knows no level {level}, so no login for a decision is ever enough.", $"Map it under \"ACR to LoA mapping\" of the realm or of the client {row.ClientId}, or correct {LevelKey}.");

    private static bool Names(IReadOnlyDictionary<string, string?>? attributes, string level)
    {
        if (attributes?.GetValueOrDefault(LevelsAttribute) is not { Length: > 0 } map)
            return false;
        try
        {
            using var levels = JsonDocument.Parse(map);
            return levels.RootElement.ValueKind == JsonValueKind.Object && levels.RootElement.TryGetProperty(level, out _);
        }
        catch (JsonException)
        {
            return false; // what Keycloak cannot read either names nothing
        }
    }

    private static bool Allows(string pattern, string address) =>
        pattern.EndsWith('*') ? address.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == address;
}
