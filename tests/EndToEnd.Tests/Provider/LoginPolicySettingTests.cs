using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport.Bots;

namespace ChatGovernance.EndToEnd.Tests.Provider;

/// <summary>Login policies from chat, as a real Keycloak enforces them, with no more privilege than that takes.</summary>
public sealed class LoginPolicySettingTests(LoginPolicyDeployment deployment) : JourneyTest(deployment), IClassFixture<LoginPolicyDeployment>
{
    [Fact]
    public async Task What_the_policy_file_says_is_set_by_two_administrators_and_enforced_and_told_when_somebody_edits_it()
    {
        await PermissionsForTheClientsOfTheFileAndNoOther();
        await DiffSaysWhatTheFileWants();
        await TheTokenEndpointTakesWhatTheyConfirmed();
        await ASamlClientHasItsOwnKindOfPolicy();
        await WhatTheBotDoesNotSeeIsNotSet();
        await AnEditByHandIsTold();
        await ThatTheActionIsOffIsTold();
    }

    private async Task PermissionsForTheClientsOfTheFileAndNoOther()
    {
        var before = await Run("doctor");
        before.ExitCode.ShouldBe(1, before.Output);
        var (exitCode, applied) = await Run("permissions", "--apply", "--admin-user", deployment.AdministratorName);
        exitCode.ShouldBe(0, applied);
        applied.ShouldContain("  Clients: view, manage, on\n    portal\n    shop\n");
        // A busy machine may keep something from being read in time: the doctor says so, and is asked again.
        await Until(async () => await Run("doctor") is (0, var said) && said.Contains("The bot may set what those clients ask for at login that have a login policy, or are named in the policy file.", StringComparison.Ordinal), "the doctor finds all well");
    }

    private async Task DiffSaysWhatTheFileWants()
    {
        var (exitCode, words) = await Run("policy", "diff", deployment.PolicyPath);
        exitCode.ShouldBe(1, words);
        words.ShouldContain("login shop: now nothing. The file says: one of the roles curator, ledger/read");
        (await Asked(Bob, "policy diff", "2 clients ask for something else than the policy file says")).AllText.ShouldContain("portal: now nothing. The file says: in one of the groups /apps/comet");
        (await Asked(Alice, "policy diff", "That was not answered")).AllText.ShouldContain("This is only for administrators of the bot.");
    }

    private async Task TheTokenEndpointTakesWhatTheyConfirmed()
    {
        (await TokenError("shop", "alice")).ShouldBeNull();
        await Set("shop");
        (await TokenError("shop", "alice")).ShouldBe("access_denied");
        await Gives("alice", "curator");
        (await TokenError("shop", "alice")).ShouldBeNull();
        (await Asked(Carol, "policy show shop", "What shop asks for at login")).AllText.ShouldContain("client shop, \"Required roles for login\": one of the roles curator, ledger/read");
    }

    private async Task ASamlClientHasItsOwnKindOfPolicy()
    {
        await Set("portal");
        var mapper = (await Mappers("portal")).Single();
        ((string)mapper!["protocolMapper"]!).ShouldBe("chatgovernance-saml-login-policy");
        ((string)mapper["config"]!["message"]!).ShouldBe("Ask the people of comet.");
        var (exitCode, words) = await Run("policy", "diff", deployment.PolicyPath);
        exitCode.ShouldBe(0, words);
    }

    private async Task WhatTheBotDoesNotSeeIsNotSet()
    {
        (await Asked(Bob, "policy set till any-of: curator", "The login policy was not set")).AllText.ShouldContain("There is no client till, or the bot does not see it.");
        (await Mappers("till")).ShouldBeEmpty();
    }

    private async Task AnEditByHandIsTold()
    {
        AuditSays("Login policy \"").ShouldBe(0);
        var mapper = (await Mappers("shop")).Single()!.DeepClone();
        mapper["config"]!["any-of"] = "curator##steward";
        await Administrator(HttpMethod.Put, $"clients/{await ClientId("shop")}/protocol-mappers/models/{(string)mapper["id"]!}", mapper);
        await Says("Login policy \"Required roles for login\" of client shop was changed in Keycloak, and not from here. Before: one of the roles curator, ledger/read. Now: one of the roles curator, steward.");

        // A client that is written as a whole, as the Console and an import do.
        var client = (await Deployment.Realm.Get($"clients/{await ClientId("portal")}", Ct))!;
        client["protocolMappers"] = new JsonArray();
        await Administrator(HttpMethod.Put, $"clients/{await ClientId("portal")}", client);
        await Says("Login policy \"Required roles for login\" of client portal was changed in Keycloak, and not from here.");

        // What the file says is set again over what somebody did.
        await Set("shop");
        (await TokenError("shop", "alice")).ShouldBeNull();
        AuditSays("Login policy \"").ShouldBe(2);
    }

    private async Task ThatTheActionIsOffIsTold()
    {
        await SwitchAction(on: false);
        await Says("Login policies are in force, but the required action \"Required roles for login\" is off in Keycloak");
        await SwitchAction(on: true);
        await Says("The required action \"Required roles for login\" is on again");
        AuditSays("Login policies are in force").ShouldBe(1);
    }

    private async Task Set(string client)
    {
        var (bobs, carols) = (Newest(Bob), Newest(Carol));
        (await Bob.Types($"/request-access policy set {client}", Ct)).Error.ShouldBeNull();
        var proposed = await Told(Bob, $"Bob Brown wants {client} to ask for something else at login", bobs);
        var question = await Told(Carol, $"Bob Brown wants {client} to ask for something else at login", carols);
        await Presses(Carol, question, "Confirm");
        await Becomes(Bob, proposed, m => m.Text.StartsWith($"{client} asks for something else at login: Bob Brown proposed it, Carol Clark confirmed it", StringComparison.Ordinal));
    }

    private static async Task<SlackMessage> Asked(SlackPerson who, string question, string title)
    {
        var last = Newest(who);
        (await who.Types($"/request-access {question}", Ct)).Error.ShouldBeNull();
        return await Told(who, title, last);
    }

    private async Task SwitchAction(bool on)
    {
        var action = (await Deployment.Realm.Get($"authentication/required-actions/{LoginPolicyRealm.Action}", Ct))!;
        action["enabled"] = on;
        await Administrator(HttpMethod.Put, $"authentication/required-actions/{LoginPolicyRealm.Action}", action);
    }

    private async Task<JsonArray> Mappers(string client) =>
        [.. (await Deployment.Realm.Get($"clients/{await ClientId(client)}/protocol-mappers/models", Ct))!.AsArray().Where(mapper => ((string)mapper!["protocolMapper"]!).StartsWith("chatgovernance-", StringComparison.Ordinal)).Select(mapper => mapper!.DeepClone())];

    private async Task<string> ClientId(string client) => (string)(await Deployment.Realm.Get($"clients?clientId={client}", Ct))!.AsArray().Single()!["id"]!;

    private Task<string?> TokenError(string client, string username) => Tokens.Error(Deployment.Realm, client, username, username, Ct);

    private Task<(int ExitCode, string Output)> Run(params string[] arguments) => BotProcess.Run(Deployment.Settings, arguments, Ct);

    private Task<SlackMessage> Says(string line) =>
        Deployment.Person("erin").SeesMessage(m => m.ChannelId == Deployment.Workspace.Channel("access-audit").Id && m.AllText.Contains(line, StringComparison.Ordinal), Patience, Ct);

    private int AuditSays(string line) => Deployment.Workspace.Messages.Count(m => m.AllText.Contains(line, StringComparison.Ordinal));
}
