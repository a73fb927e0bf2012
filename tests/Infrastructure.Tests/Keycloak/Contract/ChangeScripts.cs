using ChatGovernance.Infrastructure.Keycloak;

namespace ChatGovernance.Infrastructure.Tests.Keycloak.Contract;

/// <summary>Changes, repeated, seen afterwards, and with what they leave in the admin events. Each has a person of its own.</summary>
internal static class ChangeScripts
{
    private const string Auditor = """[{"id":"{role:auditor}","name":"auditor"}]""";
    private const string Read = """[{"id":"{role:ledger/read}","name":"read"}]""";

    private static readonly string[] Odd =
    [
        "[]", "{}", "null", "[null]", "[{}]", "\"x\"", "{bad", "[[]]", """[{"id":"nobody","name":"auditor"}]""", """[{"name":"auditor"}]""", """[{"id":"{role:auditor}"}]""",
        """[{"id":"{role:auditor}","name":"AUDITOR"}]""", """[{"id":1,"name":"auditor"}]""",
        """[{"id":"{role:auditor}","name":"auditor"},{"id":"nobody","name":"x"}]""",
    ];

    public static IEnumerable<ContractScript> All =>
    [
        Joins(new ContractScript(nameof(IKeycloakApi.Join)), "joins"),
        Joins(new ContractScript(nameof(IKeycloakApi.Leave)), "leaves"),
        Maps(new ContractScript(nameof(IKeycloakApi.AddRealmRoles)), "adds-realm", [], "role-mappings/realm", Auditor, """[{"id":"{role:role 100% + ünï/odd}","name":"role 100% + ünï/odd"},{"id":"{role:finance-all}","name":"finance-all"}]"""),
        Maps(new ContractScript(nameof(IKeycloakApi.RemoveRealmRoles)), "removes-realm", [], "role-mappings/realm", Auditor, """[{"id":"{role:staff}","name":"staff"}]"""),
        Maps(new ContractScript(nameof(IKeycloakApi.AddClientRoles)), "adds-client", ["{client:ledger}"], "role-mappings/clients/{client:ledger}", Read, """[{"id":"{role:ledger/a b+c}","name":"a b+c"},{"id":"{role:ledger/all}","name":"all"}]"""),
        Maps(new ContractScript(nameof(IKeycloakApi.RemoveClientRoles)), "removes-client", ["{client:ledger}"], "role-mappings/clients/{client:ledger}", Read, """[{"id":"{role:ledger/write}","name":"write"}]"""),
        LogsOut(new ContractScript(nameof(IKeycloakApi.LogOut))),
        Events(new ContractScript(nameof(IKeycloakApi.AdminEvents))),
        Since(new ContractScript(nameof(IKeycloakApi.AdminEventsSince))),
        Logins(new ContractScript(nameof(IKeycloakApi.LoginErrorsSince))),
    ];

    private static ContractScript Joins(ContractScript script, string person)
    {
        string user = $"{{user:{person}}}";
        foreach (string group in (string[])["/joined", "/joined", "/left", "/left/below", "/left", "/databases/production", "/odd/emoji 🚀", "/odd/amp&er=sand", "/odd/amp&er=sand", "/administrators/helpers", "/left/below", "/left", "/databases"])
            script.Ask([user, $"{{group:{group}}}"]).Also("GET", $"users/{user}/groups?briefRepresentation=true");
        return script
            .AskOddIds([user, "{group:/joined}"]).AskOddIds([user, "{group:/joined}"], at: 0)
            .AskAsOthers([user, "{group:/odd/c#d?e}"]).AskAsOthers([user, "nobody"]).AskAsOthers(["nobody", "{group:/joined}"])
            .Also("GET", $"admin-events?resourcePath=users/{user}/groups/*&max=100");
    }

    private static ContractScript LogsOut(ContractScript script)
    {
        const string User = "{user:leaves}";
        return script.Ask([User]).Ask([User]).Ask([User], body: "{}").Ask([User], body: "{bad")
            .AskOddIds([User]).AskAsOthers([User]).AskAsOthers(["nobody"])
            .Also("GET", $"admin-events?resourcePath=users/{User}/logout&max=100");
    }

    private static ContractScript Maps(ContractScript script, string person, string[] client, string path, string one, string others)
    {
        string user = $"{{user:{person}}}";
        string[] parts = [user, .. client];
        string mapped = $"users/{user}/{path}";
        bool adds = script.Call.StartsWith("Add", StringComparison.Ordinal);
        if (!adds)
            script.Also("POST", mapped, body: one).Also("POST", mapped, body: others);
        foreach (string body in (string[])[one, one, others, .. Odd])
            script.Ask(parts, body: body).Also("GET", mapped);
        script.Ask(parts, body: """[{"id":"{role:realm-management/realm-admin}","name":"realm-admin"}]""")
            .Ask(parts, body: """[{"id":"{role:realm-management/view-realm}","name":"view-realm"}]""")
            .Ask(parts, body: """[{"id":"{role:hidden-admin}","name":"hidden-admin"}]""")
            .Ask(parts, body: """[{"id":"{role:https://sp.example.org/a?b=c/read}","name":"read"}]""");
        if (client.Length > 0)
        {
            string[] administration = [user, "{client:realm-management}"];
            foreach (string role in (string[])["realm-admin", "view-realm", "manage-users", "query-users", "impersonation"])
                script.Ask(administration, body: $$"""[{"id":"{role:realm-management/{{role}}}","name":"{{role}}"}]""");
            script.AskOddIds(parts, body: one);
        }

        script.AskOddIds(parts, body: one, at: 0).AskAsOthers(parts, body: one).AskAsOthers(["nobody", .. client], body: one).Also("GET", mapped);
        if (adds)
            script.Ask(parts);
        return script
            // What the client never does: without a body everything goes.
            .Also("DELETE", mapped).Also("GET", mapped)
            .Also("GET", $"admin-events?resourcePath=users/{user}/{path}&max=100");
    }

    private static ContractScript Events(ContractScript script)
    {
        const string User = "users/{user:events}";
        script.Also("PUT", $"{User}/groups/{{group:/joined}}").Also("POST", $"{User}/role-mappings/realm", body: Auditor).Also("POST", $"{User}/role-mappings/realm", body: """[{"id":"{role:staff}","name":"staff"}]""")
            .Also("POST", $"{User}/role-mappings/clients/{{client:ledger}}", body: Read).Also("DELETE", $"{User}/role-mappings/realm", body: Auditor).Also("DELETE", $"{User}/groups/{{group:/joined}}")
            .Also("DELETE", $"{User}/groups/{{group:/joined}}").Also("POST", $"{User}/role-mappings/realm", body: """[{"id":"{role:staff}","name":"staff","description":"d","composite":false,"clientRole":false,"containerId":"{realm}","attributes":{"a":["b"]}}]""");
        foreach (string path in (string[])["/groups/{group:/joined}", "/groups/*", "/role-mappings/realm", "/role-mappings/clients/{client:ledger}", "*", "/role-mappings/*", "", "/groups/nobody", "/GROUPS/*"])
        {
            foreach (string type in (string[])["GROUP_MEMBERSHIP", "REALM_ROLE_MAPPING", "CLIENT_ROLE_MAPPING"])
                script.Ask([], $"resourcePath={User}{path}&resourceTypes={type}&first=0&max=100");
        }

        string realm = $"resourcePath={User}/role-mappings/realm";
        return script
            .AskEach([], $"{realm}&resourceTypes=REALM_ROLE_MAPPING&first=0&max=1", $"{realm}&resourceTypes=REALM_ROLE_MAPPING&first=1&max=1", $"{realm}&resourceTypes=REALM_ROLE_MAPPING&first=3&max=5", $"{realm}&first=0&max=0",
                $"{realm}&max=-1", $"{realm}&first=-1&max=-1", $"{realm}&resourceTypes=NOTHING", $"{realm}&resourceTypes=realm_role_mapping", $"{realm}&first=x", $"{realm}&max=x", $"{realm}&operationTypes=CREATE", $"{realm}&operationTypes=NOTHING",
                $"{realm}&dateFrom=2020-01-01", $"{realm}&dateTo=2020-01-01", $"{realm}&dateFrom=x", $"resourcePath=*/{{user:events}}/groups/*", "resourcePath=nobody", $"{realm}&resourceTypes=REALM_ROLE_MAPPING&resourceTypes=GROUP_MEMBERSHIP")
            .AskAsOthers([], $"{realm}&resourceTypes=REALM_ROLE_MAPPING&first=0&max=100")
            .Also("GET", $"admin-events?{realm}&direction=asc").Also("GET", $"admin-events?{realm}&direction=up").Also("GET", $"admin-events?{realm}&authUser={{user:service-account-bot}}&max=1").Also("GET", $"admin-events?{realm}&authClient={{client:bot}}&max=1").Also("GET", $"admin-events?{realm}&authClient=bot&max=1");
    }

    /// <summary>The realm saves no user events: what is compared is what may be asked, and by whom.</summary>
    private static ContractScript Logins(ContractScript script)
    {
        foreach (string from in (string[])["0", "1", "1577836800000", "9223372036854775807", "9223372036854775808", "-1", "x", "", "2020-01-01", "2020-1-1"])
            script.Ask([], $"dateFrom={from}&first=0&max=100");
        return script
            .AskEach([], "dateFrom=1&first=0&max=1", "dateFrom=1&first=5&max=100", "dateFrom=1&max=-1", "dateFrom=1&first=x", "dateFrom=1&max=x", "", "dateFrom=1&dateTo=2020-01-01", "dateFrom=1&user=nobody", "dateFrom=1&client=ledger", "dateFrom=1&type=LOGIN")
            .AskAsOthers([], "dateFrom=1&first=0&max=100");
    }

    /// <summary>Other scripts write events too: what is compared is about one person, or about nobody.</summary>
    private static ContractScript Since(ContractScript script)
    {
        const string User = "users/{user:since}";
        script.Also("PUT", $"{User}/groups/{{group:/joined}}").Also("POST", $"{User}/role-mappings/realm", body: Auditor).Also("POST", $"{User}/role-mappings/clients/{{client:ledger}}", body: Read)
            .Also("PUT", User, body: """{"enabled":false}""").Also("DELETE", $"{User}/groups/{{group:/joined}}").Also("DELETE", $"{User}/role-mappings/realm", body: Auditor).Also("DELETE", $"{User}/role-mappings/realm", body: "[]")
            .Also("PUT", User, body: """{"enabled":true}""").Also("PUT", User, body: "{}");
        foreach (string path in (string[])["*", "", "/groups/*", "/role-mappings/*", "/role-mappings/realm", "/*", "/groups/nobody"])
            script.Ask([], $"resourcePath={User}{path}&dateFrom=1&first=0&max=100");
        const string About = $"resourcePath={User}*";
        foreach (string from in (string[])["0", "1", "01", "1577836800000", "32503680000000", "9223372036854775807", "9223372036854775808", "-1", "%2B1", "%201", "1.5", "1e3", "x", "", "2020-01-01", "2999-01-01", "2020-1-1", "2020-13-01", "2020-01-01T00:00:00Z"])
            script.Ask([], $"{About}&dateFrom={from}&first=0&max=100");
        return script
            .AskEach([], $"{About}&dateFrom=1&first=0&max=1", $"{About}&dateFrom=1&first=1&max=2", $"{About}&dateFrom=1&first=5&max=100", $"{About}&dateFrom=1&first=100&max=100", $"{About}&dateFrom=1&first=0&max=0", $"{About}&dateFrom=1&max=-1", $"{About}&dateFrom=1&first=-1&max=1",
                $"{About}&dateFrom=1&first=x", $"{About}&dateFrom=1&max=x", $"{About}&first=0&max=100", $"{About}&dateFrom=1&dateTo=2020-01-01", $"{About}&dateFrom=1&resourceTypes=CLIENT", $"{About}&dateFrom=1&resourceTypes=NOTHING",
                $"{About}&dateFrom=1&operationTypes=UPDATE", $"{About}&dateFrom=1&operationTypes=ACTION", "dateFrom=32503680000000&first=0&max=100", "dateFrom=1&first=0&max=0", "resourcePath=nobody&dateFrom=1&first=0&max=100")
            .AskAsOthers([], $"{About}&dateFrom=1&first=0&max=100").AskAsOthers([], "dateFrom=32503680000000&first=0&max=100");
    }
}
