using ChatGovernance.Infrastructure.Keycloak;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

internal static class RoleScripts
{
    private const string Odd = "{client:https://sp.example.org/a?b=c}";

    public static IEnumerable<ContractScript> All =>
    [
        new ContractScript(nameof(IKeycloakApi.Realm)).Ask([]).AskAsOthers([])
            .Also("GET", "?x=1").Also("GET", "?first=0").Also("GET", "?max=0").Also("GET", "?briefRepresentation=true").Also("GET", "?q=x:y").Also("GET", "?x=1", "asks").Also("GET", "?x=1", "nobody")
            .Also("GET", "?x=1", "views-users").Also("GET", "?x=1", "views-clients").Also("GET", "?x=1", "-").Also("GET", "?x=1", "?"),
        new ContractScript(nameof(IKeycloakApi.RealmRoles))
            .AskEach([], "first=0&max=100", "first=0&max=3", "first=3&max=3", "first=9&max=3", "first=99&max=3", "", "max=0", "max=-1", "first=-1", "first=-1&max=-1", "first=2", "max=2", "first=x", "max=x")
            .AskAsOthers([], "first=0&max=100"),
        new ContractScript(nameof(IKeycloakApi.Role))
            .Ask(["{role:auditor}"]).Ask(["{role:staff}"]).Ask(["{role:Staff}"]).Ask(["{role:role 100% + ünï/odd}"]).Ask(["{role:finance-all}"]).Ask(["{role:hidden-admin}"]).Ask(["{role:ledger/read}"]).Ask(["{role:ledger/a b+c}"])
            .Ask(["{role:realm-management/realm-admin}"]).Ask(["{role:offline_access}"]).AskOddIds(["{role:auditor}"]).AskAsOthers(["{role:auditor}"]).AskAsOthers(["{role:ledger/read}"]).AskAsOthers(["nobody"]),
        new ContractScript(nameof(IKeycloakApi.Composites))
            .Ask(["{role:auditor}"]).Ask(["{role:finance-all}"]).Ask(["{role:everything}"]).Ask(["{role:hidden-admin}"]).Ask(["{role:ledger/all}"]).Ask(["{role:ledger/read}"]).Ask(["{role:realm-management/realm-admin}"])
            .Ask(["{role:realm-management/view-users}"]).AskOddIds(["{role:finance-all}"]).AskAsOthers(["{role:finance-all}"]).AskAsOthers(["{role:ledger/all}"]).AskAsOthers(["nobody"]),
        new ContractScript(nameof(IKeycloakApi.Clients))
            .AskEach([], "first=0&max=100", "first=0&max=4", "first=4&max=4", "first=12&max=4", "first=99&max=4", "", "max=0", "max=-1", "first=-1&max=-1", "first=10", "first=x", "max=x")
            .AskAsOthers([], "first=0&max=100"),
        new ContractScript(nameof(IKeycloakApi.ClientsByName))
            .AskEach([],
                "clientId=ledger", "clientId=Ledger", "clientId=LEDGER", "clientId=ledge", "clientId=ledger-2", "clientId=Ledger-2", "clientId=%25", "clientId=ledge_", "clientId=nobody-is-called-so", "clientId=https://sp.example.org/a?b%3Dc",
                "clientId=https%3A%2F%2Fsp.example.org%2Fa%3Fb%3Dc", "clientId=%20ledger", "clientId=ledger%20", "clientId=bot", "clientId=off", "clientId=realm-management", "clientId=%C3%BC", "clientId=a+b", "clientId=&max=2", "clientId=ledger&max=0")
            .AskAsOthers([], "clientId=ledger"),
        new ContractScript(nameof(IKeycloakApi.ClientRoles))
            .AskEach(["{client:ledger}"], "first=0&max=100", "first=0&max=2", "first=2&max=2", "first=9&max=2", "", "max=0", "max=-1", "first=1", "first=x", "max=x")
            .Ask([Odd], "first=0&max=100").Ask(["{client:bot}"], "first=0&max=100").Ask(["{client:realm-management}"], "first=0&max=100")
            .AskOddIds(["{client:ledger}"], "first=0&max=100").AskAsOthers(["{client:ledger}"], "first=0&max=100").AskAsOthers(["nobody"]),
        new ContractScript(nameof(IKeycloakApi.ServiceAccount))
            .Ask(["{client:bot}"]).Ask(["{client:nobody}"]).Ask(["{client:ledger}"]).Ask(["{client:off}"]).Ask([Odd]).AskOddIds(["{client:bot}"]).AskAsOthers(["{client:bot}"]).AskAsOthers(["nobody"]),
    ];
}
