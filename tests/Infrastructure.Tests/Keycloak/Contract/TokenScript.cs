using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

internal static class TokenScript
{
    public static IEnumerable<(string Realm, IReadOnlyDictionary<string, string> Form)> Asked(string realm)
    {
        const string Grant = "client_credentials";
        foreach (string client in (string[])["bot", "nobody", "off", "ledger", "nobody-is-called-so", "Bot", " bot", "bot ", "account", "admin-cli", "realm-management", "https://sp.example.org/a?b=c", "ünï", ""])
            yield return (realm, Form(Grant, client, ContractRealm.Secret));
        foreach (string secret in (string[])["wrong", "", "S", "s ", " s", "ünï", "a&b=c"])
            yield return (realm, Form(Grant, "bot", secret));
        foreach (string grant in (string[])["", "nothing", "Client_Credentials"])
            yield return (realm, Form(grant, "bot", ContractRealm.Secret));
        yield return (realm, new Dictionary<string, string> { ["grant_type"] = Grant });
        yield return (realm, new Dictionary<string, string> { ["grant_type"] = Grant, ["client_id"] = "bot" });
        yield return (realm, new Dictionary<string, string> { ["client_id"] = "bot", ["client_secret"] = ContractRealm.Secret });
        yield return ("nobody-is-called-so", Form(Grant, "bot", ContractRealm.Secret));
    }

    private static Dictionary<string, string> Form(string grant, string client, string secret) =>
        new() { ["grant_type"] = grant, ["client_id"] = client, ["client_secret"] = secret };
}
