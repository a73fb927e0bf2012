using ChatGovernance.Infrastructure.Keycloak;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

internal static class GroupScripts
{
    private const string Production = "{group:/databases/production}";

    public static IEnumerable<ContractScript> All =>
    [
        new ContractScript(nameof(IKeycloakApi.GroupsByAttribute))
            .AskEach([],
                "q=requestable:true&first=0&max=100", "q=requestable:%22true%22&first=0&max=100", "q=requestable:true&first=0&max=5", "q=requestable:true&first=5&max=5",
                "q=requestable:true&first=20&max=100", "q=requestable:true&first=500&max=100", "q=requestable:true&first=0&max=0", "q=requestable:true&first=-1&max=-1", "q=requestable:true",
                "q=requestable:TRUE", "q=requestable:tru", "q=requestable:false", "q=tag:wide", "q=tag:%22a%20b%22", "q=tag:a+b", "q=tag:%22%C3%BCn%C3%AF%20c%C3%B6d%C3%A9%22", "q=tag:%22100%25%20%2B%20more%22",
                "q=tag:%22amp%26er%3Dsand%22", "q=tag:%22quo%5C%22te%22", "q=tag:%22tilde~back%5C%5Cslash%22", "q=tag:%22tilde~back%5Cslash%22", "q=tag:%22%20lead%22", "q=tag:%22emoji%20%F0%9F%9A%80%22", "q=tag:x/y", "q=tag:%22c%23d?e%22",
                "q=requestable:true%20tag:wide", "q=tag:wide%20tag:other", "q=note:%22b%20c%22", "q=note:a", "q=requestable&max=3", "q=requestable:&max=3", "q=:true&max=3", "q=&max=3", "q=%22&max=3", "q=nothing:here",
                "q=Requestable:true", "q=approver-group:/finance/owners&max=2", "q=tag:%22wide&max=3", "q=requestable:true&first=x", "q=requestable:true&max=x", "q=a:b:c&max=3")
            .AskAsOthers([], "q=requestable:true&first=0&max=100"),
        new ContractScript(nameof(IKeycloakApi.GroupsByName))
            .AskEach([], [.. ContractRealm.OddNames.Select(n => $"search={Uri.EscapeDataString(n)}")])
            .AskEach([],
                "search=owners", "search=Owners", "search=OWNERS", "search=&max=2", "search=production&max=0", "search=production&first=1", "search=production&first=x", "search=owner", "search=own%25", "search=own_rs", "search=*",
                "search=a%2Fb", "search=b", "search=/databases", "search=databases", "search=lead", "search=%20lead", "search=lead%20", "search=nobody", "search=DATABASES", "search=w0", "search=a+b", "search=x")
            .AskAsOthers([], "search=owners"),
        new ContractScript(nameof(IKeycloakApi.ChildrenByName))
            .AskEach(["{group:/odd}"], [.. ContractRealm.OddNames.Select(n => $"search={Uri.EscapeDataString(n)}")])
            .AskEach(["{group:/databases}"], "search=owners", "search=Owners", "search=owner", "search=own%25", "search=own_rs", "search=%20owners", "search=owners%20", "search=deep", "search=databases", "search=nobody", "search=", "search=owners&max=0")
            .Ask(["{group:/a}"], "search=b").Ask(["{group:/finance}"], "search=owners").Ask(["{group:/wide}"], "search=w12").Ask(["{group:/crowd}"], "search=owners")
            .AskOddIds(["{group:/databases}"], "search=owners").AskAsOthers(["{group:/databases}"], "search=owners"),
        new ContractScript(nameof(IKeycloakApi.GroupCount)).Ask([]).AskAsOthers([])
            .Also("GET", "groups/count?x=1").Also("GET", "groups/count?q=requestable:true").Also("GET", "groups/count?first=0&max=1").Also("GET", "groups/count?exact=true")
            .Also("GET", "groups/count?q=nothing:here").Also("GET", "groups/count?max=0").Also("GET", "groups/count?first=10").Also("GET", "groups/count?populateHierarchy=false")
            .Also("GET", "groups/count?briefRepresentation=true").Also("GET", "groups/count?q=tag:wide").Also("GET", "groups/count?subGroupsCount=false"),
        new ContractScript(nameof(IKeycloakApi.Group))
            .Ask([Production]).Ask(["{group:/databases}"]).Ask(["{group:/databases/production/deep}"]).Ask(["{group:/administrators}"]).Ask(["{group:/finance/leads}"])
            .Ask(["{group:/finance/payments}"]).Ask(["{group:/marks}"]).Ask(["{group:/a}"]).Ask(["{group:/odd/a b}"]).Ask(["{group:/odd/emoji 🚀}"]).Ask(["{group:/quiet-administrators}"])
            .Ask(["{user:alice}"]).Ask(["{realm}"]).Ask([" {group:/a}"])
            .AskOddIds([Production]).AskAsOthers([Production]).Ask(["nobody"], caller: "nobody").Ask(["nobody"], caller: "asks"),
        new ContractScript(nameof(IKeycloakApi.Children))
            .AskEach(["{group:/wide}"], "first=0&max=100", "first=0&max=5", "first=5&max=5", "first=10&max=5", "first=12&max=5", "first=100&max=5", "", "first=3", "max=3", "max=0", "first=-1&max=-1", "max=-1", "first=x", "max=x")
            .Ask(["{group:/odd}"], "first=0&max=100").Ask(["{group:/databases}"], "first=0&max=100").Ask(["{group:/databases/production/deep}"], "first=0&max=100").Ask(["{group:/a}"], "first=0&max=100")
            .AskOddIds(["{group:/wide}"], "first=0&max=100").AskAsOthers(["{group:/wide}"], "first=0&max=100").Ask(["nobody"], "first=0&max=100", "nobody"),
        new ContractScript(nameof(IKeycloakApi.Members))
            .AskEach(["{group:/crowd}"], "first=0&max=100", "first=100&max=100", "first=105&max=100", "first=0&max=3", "first=102&max=10", "max=0", "", "first=-1&max=-1", "max=-1", "first=99&max=2", "first=x", "max=x")
            .Ask(["{group:/databases/owners}"], "first=0&max=100").Ask(["{group:/finance}"], "first=0&max=100").Ask(["{group:/odd/a b}"], "first=0&max=100").Ask(["{group:/finance/payments/emergency}"], "first=0&max=100")
            .AskOddIds(["{group:/crowd}"], "first=0&max=100").AskAsOthers(["{group:/databases/owners}"], "first=0&max=100").Ask(["nobody"], "first=0&max=100", "nobody"),
        new ContractScript(nameof(IKeycloakApi.GroupMappings))
            .Ask([Production]).Ask(["{group:/finance/leads}"]).Ask(["{group:/finance/payments}"]).Ask(["{group:/finance/payments/emergency}"]).Ask(["{group:/administrators}"]).Ask(["{group:/administrators/helpers}"])
            .Ask(["{group:/quiet-administrators}"]).AskOddIds([Production]).AskAsOthers(["{group:/administrators}"]).AskAsOthers(["{group:/finance/leads}"]),
        new ContractScript(nameof(IKeycloakApi.GroupRealmRoles))
            .Ask([Production]).Ask(["{group:/finance/leads}"]).Ask(["{group:/finance/payments}"]).Ask(["{group:/administrators}"]).Ask(["{group:/quiet-administrators}"]).Ask(["{group:/quiet-administrators/helpers}"])
            .AskOddIds([Production]).AskAsOthers(["{group:/finance/leads}"]).Ask(["nobody"], caller: "nobody"),
        new ContractScript(nameof(IKeycloakApi.GroupClientRoles))
            .Ask(["{group:/administrators}", "{client:realm-management}"]).Ask(["{group:/administrators/helpers}", "{client:realm-management}"]).Ask(["{group:/quiet-administrators}", "{client:realm-management}"])
            .Ask(["{group:/quiet-administrators/helpers}", "{client:realm-management}"]).Ask(["{group:/finance/leads}", "{client:ledger}"]).Ask(["{group:/finance/payments}", "{client:ledger}"])
            .Ask(["{group:/finance/payments/emergency}", "{client:ledger}"]).Ask([Production, "{client:ledger}"]).Ask(["{group:/administrators}", "{client:ledger}"])
            .AskOddIds([Production, "{client:ledger}"]).AskOddIds([Production, "{client:ledger}"], at: 0).AskAsOthers(["{group:/administrators}", "{client:realm-management}"])
            .Ask([Production, "nobody"], caller: "nobody"),
    ];
}
