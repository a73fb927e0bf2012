using System.Text.Json.Nodes;
using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.TestSupport.Keycloak;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>Least privilege on a real Keycloak: what <c>permissions --apply</c> gives is enough for everything, and for nothing else.</summary>
public sealed class FineGrainedTests(FineGrainedDeployment deployment) : JourneyTest(deployment), IClassFixture<FineGrainedDeployment>
{
    [Fact]
    public async Task What_permissions_apply_gives_is_enough_for_everything_and_nothing_else()
    {
        await ShowsWhatIsMissingAndChangesNothing();
        await AppliesAndASecondTimeChangesNothing();
        await GivesAndTakesAGroupARealmRoleAndAClientRole();
        await WhatOnlyARuleNamesIsSeen();
        await TheSecurityTeamIsToldWhoHasWhat();
        await WhatTheBotMayNotSeeIsNeverNotHeld();
        await WhatBecomesRequestableIsNamedAndAdded();
        await NothingIsLeftMeansNoPermissionAndNotAllOfThem();
    }

    private async Task ShowsWhatIsMissingAndChangesNothing()
    {
        var (exitCode, shown) = await Permissions("--admin-user", AdminUser);
        exitCode.ShouldBe(1, shown);
        shown.ShouldContain("To be changed (--apply does it):");
        shown.ShouldContain("    /apps/island");
        shown.ShouldContain("The bot cannot see:");
        shown.ShouldContain("group /apps/island");
        var again = await Permissions("--admin-user", AdminUser);
        again.ShouldBe((1, shown));

        (await Permissions("--apply")).ShouldBe((2, "chatgovernance: --apply needs --admin-user or --token-file."));
        var doctor = await Run("doctor", "--json");
        doctor.ExitCode.ShouldBe(1, doctor.Output);
    }

    private async Task AppliesAndASecondTimeChangesNothing()
    {
        var (exitCode, applied) = await Permissions("--apply", "--admin-user", AdminUser);
        exitCode.ShouldBe(0, applied);
        applied.ShouldContain("the policy \"chat-governance service account\" is made");
        applied.ShouldNotContain("cannot see");
        applied.ShouldNotContain("Still to be changed");

        var (againCode, again) = await Permissions("--apply", "--admin-user", AdminUser);
        againCode.ShouldBe(0, again);
        again.ShouldContain("  query-users, query-groups, query-clients, view-realm, view-events\n");
        again.ShouldContain("The realm has all of that.");
        again.ShouldNotContain("Changed:");

        var doctor = await Run("doctor");
        doctor.ExitCode.ShouldBe(0, doctor.Output);
        doctor.Output.ShouldContain("By fine-grained permissions the bot may change memberships");
        foreach (var channel in (string[])["app-approvals", "closed-approvals"])
            Deployment.Workspace.AddChannel(channel);
        var lint = await Run("lint");
        lint.ExitCode.ShouldBe(0, lint.Output);
    }

    private async Task GivesAndTakesAGroupARealmRoleAndAClientRole()
    {
        foreach (var target in new[] { "/apps/island", "bookkeeper", "ledger/read" })
        {
            await Until(async () => (await Explain("alice", target)).ExitCode == 0, $"{target} can be asked for");
            var asked = Newest(Alice);
            var (bobs, _) = await AsksBoth(Alice, target);
            await Presses(Bob, bobs, "Approve");
            await Told(Alice, $"Granted: you now have {target}", asked);
            (await Holds("alice", target)).ShouldBeTrue();
            await Told(Alice, $"Your access to {target} has ended", asked);
            (await Holds("alice", target)).ShouldBeFalse();
        }
    }

    private async Task WhatOnlyARuleNamesIsSeen()
    {
        var (exitCode, output) = await Explain("dave", "/apps/island");
        exitCode.ShouldBe(1, output);
        output.ShouldContain($"This must not be held together with {FineGrainedDeployment.Excluded}");
    }

    private async Task TheSecurityTeamIsToldWhoHasWhat()
    {
        var (bobs, _) = await AsksBoth(Alice, "/apps/arena");
        await Presses(Bob, bobs, "Approve");
        await Told(Alice, "Granted: you now have /apps/arena");
        var (told, refused) = (Newest(Carol), Newest(Alice));
        (await Carol.Types("/request-access who arena", Ct)).Error.ShouldBeNull();
        (await Alice.Types("/request-access who arena", Ct)).Error.ShouldBeNull();

        (await Told(Carol, "/apps/arena: 1 person by a grant of the bot's", told)).AllText.ShouldContain("approved by Bob Brown");
        (await Told(Alice, "That was not answered", refused)).AllText.ShouldContain("This is only for the security team.");
    }

    private async Task WhatTheBotMayNotSeeIsNeverNotHeld()
    {
        await using var services = KeycloakAccess.To(Deployment.Realm);
        var directory = services.GetRequiredService<IDirectory>();
        var (dave, alice) = (new PersonId(await UserId("dave")), new PersonId(await UserId("alice")));
        var unlisted = new TargetId(TargetKind.Group, await GroupId(FineGrainedDeployment.Unlisted));

        (await Holds("dave", FineGrainedDeployment.Unlisted)).ShouldBeTrue();
        (await directory.Holds(dave, unlisted, Ct)).ShouldBe(new Reading<bool>.Unknown(Doubt.Forbidden));
        (await directory.Holds(alice, unlisted, Ct)).ShouldBe(new Reading<bool>.Unknown(Doubt.Forbidden));
        (await directory.IsMember(dave, new GroupId(unlisted.Id), Ct)).ShouldBe(new Reading<bool>.Unknown(Doubt.Forbidden));
        (await directory.ReadMembers(new GroupId(unlisted.Id), Ct)).ShouldBeOfType<Reading<IReadOnlyList<Person>>.Unknown>();
        (await directory.FindGroup(FineGrainedDeployment.Unlisted, Ct)).ShouldNotBeOfType<GroupSearch.Found>();
        (await directory.Assign(alice, unlisted, Ct)).ShouldBe(new DirectoryChange.Rejected(Doubt.Forbidden));
        (await directory.Remove(dave, unlisted, Ct)).ShouldBe(new DirectoryChange.Rejected(Doubt.Forbidden));
        (await Holds("alice", FineGrainedDeployment.Unlisted)).ShouldBeFalse();
        (await Holds("dave", FineGrainedDeployment.Unlisted)).ShouldBeTrue();
    }

    private async Task WhatBecomesRequestableIsNamedAndAdded()
    {
        var group = await GroupId(FineGrainedDeployment.Unlisted);
        await Administrator(HttpMethod.Put, $"groups/{group}", new JsonObject
        {
            ["name"] = FineGrainedDeployment.Unlisted[1..],
            ["attributes"] = new JsonObject { ["requestable"] = new JsonArray("true"), ["approver-group"] = new JsonArray("/approvers") },
        });

        var (exitCode, named) = await Permissions("--admin-user", AdminUser);
        exitCode.ShouldBe(1, named);
        named.ShouldContain("group /unlisted");
        var token = Path.GetTempFileName();
        await File.WriteAllTextAsync(token, await AdministratorsToken(), Ct);
        var (appliedCode, applied) = await Permissions("--apply", "--token-file", token);
        File.Delete(token);
        appliedCode.ShouldBe(0, applied);
        applied.ShouldContain("the permission \"chat-governance groups\" is changed");
        await Until(async () => (await Explain("alice", FineGrainedDeployment.Unlisted)).ExitCode == 0, "the new group can be asked for");
    }

    /// <summary>An empty list of resources is all of them to Keycloak.</summary>
    private async Task NothingIsLeftMeansNoPermissionAndNotAllOfThem()
    {
        foreach (var role in new[] { "bookkeeper", "lapsing-role", "curator", "steward", "treasurer" })
            await Unmark($"roles/{role}");
        var ledger = (await Deployment.Realm.Get("clients?clientId=ledger", Ct))![0]!["id"]!;
        foreach (var role in new[] { "read", "lapse" })
            await Unmark($"clients/{ledger}/roles/{role}");

        var (exitCode, applied) = await Permissions("--apply", "--admin-user", AdminUser);
        exitCode.ShouldBe(0, applied);
        applied.ShouldContain("the permission \"chat-governance roles\" is removed");
        await using var services = KeycloakAccess.To(Deployment.Realm);
        var bookkeeper = (string)(await Deployment.Realm.Get("roles/bookkeeper", Ct))!["id"]!;
        (await services.GetRequiredService<IDirectory>().Assign(new PersonId(await UserId("alice")), new TargetId(TargetKind.RealmRole, bookkeeper), Ct))
            .ShouldBe(new DirectoryChange.Rejected(Doubt.Forbidden));
    }

    private async Task<string> AdministratorsToken()
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler);
        using var form = new FormUrlEncodedContent([new("grant_type", "password"), new("client_id", "admin-cli"), new("username", AdminUser), new("password", Deployment.Settings["KEYCLOAK_ADMIN_PASSWORD"])]);
        using var answer = await http.PostAsync(new Uri(Deployment.Realm.Server, "realms/master/protocol/openid-connect/token"), form, Ct);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["access_token"]!;
    }

    private async Task Unmark(string path)
    {
        var role = (await Deployment.Realm.Get(path, Ct))!;
        role["attributes"] = new JsonObject();
        await Administrator(HttpMethod.Put, path, role);
    }

    private string AdminUser => deployment.AdministratorName;

    private Task<(int ExitCode, string Output)> Explain(string person, string target) => Run("explain", person, target);

    private Task<(int ExitCode, string Output)> Permissions(params string[] options) => Run(["permissions", .. options]);

    private Task<(int ExitCode, string Output)> Run(params string[] arguments) => BotProcess.Run(Deployment.Settings, arguments, Ct);
}
