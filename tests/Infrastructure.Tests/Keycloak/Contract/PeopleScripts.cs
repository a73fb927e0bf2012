using ChatGovernance.Infrastructure.Keycloak;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

internal static class PeopleScripts
{
    private const string Bob = "{user:bob}";

    public static IEnumerable<ContractScript> All =>
    [
        new ContractScript(nameof(IKeycloakApi.User))
            .Ask([Bob]).Ask(["{user:alice}"]).Ask(["{user:carol}"]).Ask(["{user:dave}"]).Ask(["{user:erin}"]).Ask(["{user:frank}"]).Ask(["{user:crowd001}"]).Ask(["{user:service-account-bot}"]).Ask(["{group:/a}"])
            .AskOddIds([Bob]).AskAsOthers([Bob]).AskAsOthers(["nobody"]),
        new ContractScript(nameof(IKeycloakApi.UsersByAttribute))
            .AskEach([],
                "q=slack-id:T1/U1&first=0&max=100", "q=slack-id:%22T1/U1%22&first=0&max=100", "q=slack-id:%22t1/U1%22", "q=slack-id:%22T1/U3%22", "q=slack-id:%22T1/U%22", "q=slack-id:%22T1/%25%22", "q=slack-id:%22T1/U_%22", "q=slack-id:*",
                "q=slack-id:%22quo%5C%22te%20back%5C%5Cslash%22", "q=slack-id:%22quo%5C%22te%20back%5Cslash%22", "q=slack-id:%22x%5C%22&max=2", "q=slack-id:%22T1/%C3%9C%205%22", "q=slack-id:%22T1/%C3%BC%205%22", "q=slack-id:T1/%C3%9C", "q=slack-id&first=0&max=2", "q=slack-id:&max=2", "q=:x&max=2", "q=&max=2",
                "q=SLACK-ID:%22T1/U1%22", "q=nickname:%22x%22", "q=nothing:%22x%22", "q=slack-id:%22T1/U1%22%20slack-id:%22T1/U3%22", "q=slack-id:%22T1/U1%22%20nothing:x", "q=username:alice", "q=email:%22BOB@example.org%22",
                "q=firstName:first&max=2", "q=lastName:Bob", "q=slack-id:%22T1/U1%22&first=0&max=1", "q=slack-id:%22T1/U1%22&first=1&max=1", "q=slack-id:%22T1/U1%22&first=2&max=1", "q=slack-id:%22T1/U1%22&max=0",
                "q=slack-id:%22T1/U1%22&first=x", "q=slack-id:%22%20T1/U1%22", "q=username:service-account-bot")
            .AskAsOthers([], "q=slack-id:%22T1/U1%22&first=0&max=100"),
        new ContractScript(nameof(IKeycloakApi.UsersByEmail))
            .AskEach([],
                "email=bob@example.org&first=0&max=100", "email=BOB@Example.ORG", "email=bob", "email=bob@example.or", "email=%25", "email=b_b@example.org", "email=*@example.org", "email=erin%2Btag@example.org", "email=erin+tag@example.org",
                "email=%20bob@example.org", "email=bob@example.org%20", "email=carol@example.org", "email=dave@example.org", "email=nobody@example.org", "email=&max=3", "email=bob@example.org&max=0", "email=bob@example.org&first=1",
                "email=%C3%BC@example.org", "email=%22bob@example.org%22", "email=bob@example.org&first=x", "email='%20or%20''='", "email=service-account-bot")
            .AskAsOthers([], "email=bob@example.org&first=0&max=100"),
        new ContractScript(nameof(IKeycloakApi.UsersByUsername))
            .AskEach([],
                "username=bob&first=0&max=100", "username=BOB", "username=bo", "username=bo%25", "username=b_b", "username=*", "username=%20bob", "username=bob%20", "username=nobody", "username=&max=3", "username=bob@example.org",
                "username=service-account-bot", "username=crowd001&max=0", "username=bob&first=1", "username=bob&first=x", "username=bob&max=x", "username=%22bob%22", "username='%20or%20''='", "username=%C3%BC", "username=bob&first=-1&max=-1")
            .AskAsOthers([], "username=bob&first=0&max=100"),
        new ContractScript(nameof(IKeycloakApi.UserGroups))
            .AskEach([Bob], "first=0&max=100", "first=0&max=2", "first=2&max=2", "first=4&max=2", "", "max=-1", "max=0", "first=1", "first=x", "max=x")
            .Ask(["{user:alice}"], "first=0&max=100").Ask(["{user:frank}"], "first=0&max=100").Ask(["{user:dave}"], "first=0&max=100").Ask(["{user:service-account-nobody}"], "first=0&max=100")
            .AskOddIds([Bob], "first=0&max=100").AskAsOthers([Bob], "first=0&max=100").AskAsOthers(["nobody"], "first=0&max=100"),
        new ContractScript(nameof(IKeycloakApi.UserMappings))
            .Ask([Bob]).Ask(["{user:frank}"]).Ask(["{user:grace}"]).Ask(["{user:heidi}"]).Ask(["{user:crowd001}"]).Ask(["{user:service-account-bot}"]).AskOddIds([Bob]).AskAsOthers(["{user:grace}"]).AskAsOthers(["nobody"]),
        new ContractScript(nameof(IKeycloakApi.UserRealmRoles))
            .Ask([Bob]).Ask(["{user:frank}"]).Ask(["{user:grace}"]).Ask(["{user:heidi}"]).Ask(["{user:crowd001}"]).AskOddIds([Bob]).AskAsOthers(["{user:frank}"]).AskAsOthers(["nobody"]),
        new ContractScript(nameof(IKeycloakApi.UserEffectiveRealmRoles))
            .Ask([Bob]).Ask(["{user:frank}"]).Ask(["{user:grace}"]).Ask(["{user:heidi}"]).Ask(["{user:erin}"]).Ask(["{user:crowd001}"]).AskOddIds([Bob]).AskAsOthers(["{user:frank}"]).AskAsOthers(["nobody"]),
        new ContractScript(nameof(IKeycloakApi.UserClientRoles))
            .Ask([Bob, "{client:ledger}"]).Ask(["{user:grace}", "{client:ledger}"]).Ask(["{user:heidi}", "{client:ledger}"]).Ask(["{user:service-account-bot}", "{client:realm-management}"])
            .AskOddIds([Bob, "{client:ledger}"]).AskOddIds([Bob, "{client:ledger}"], at: 0).AskAsOthers(["{user:grace}", "{client:ledger}"]).AskAsOthers(["nobody", "nobody"]).AskAsOthers([Bob, "nobody"]),
        new ContractScript(nameof(IKeycloakApi.UserEffectiveClientRoles))
            .Ask([Bob, "{client:ledger}"]).Ask(["{user:grace}", "{client:ledger}"]).Ask(["{user:heidi}", "{client:ledger}"]).Ask(["{user:carol}", "{client:ledger}"]).Ask(["{user:erin}", "{client:realm-management}"])
            .Ask(["{user:grace}", "{client:realm-management}"]).Ask(["{user:service-account-bot}", "{client:realm-management}"]).Ask([Bob, "{client:account}"])
            .AskOddIds([Bob, "{client:ledger}"]).AskOddIds([Bob, "{client:ledger}"], at: 0).AskAsOthers(["{user:grace}", "{client:ledger}"]).AskAsOthers(["nobody", "nobody"]),
        new ContractScript(nameof(IKeycloakApi.UserProfile)).Ask([]).AskAsOthers([])
            .Also("GET", "users/profile?x=1").Also("GET", "users/profile/").Also("GET", "users/profile?first=0").Also("GET", "users/profile?max=0").Also("GET", "users/profile?briefRepresentation=true")
            .Also("GET", "users/profile?q=slack-id:x").Also("GET", "users/profile?exact=true").Also("GET", "users/profile?x=1", "asks").Also("GET", "users/profile?x=1", "nobody").Also("GET", "users/profile?x=1", "?"),
    ];
}
