using System.Text.Json.Nodes;
using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;

namespace ChatGovernance.Infrastructure.Tests.Keycloak;

/// <summary>The port as Core sees it, on both servers.</summary>
public abstract class KeycloakDirectoryTests(DirectoryRealm realm)
{
    private static readonly PersonId Nobody = new("00000000-0000-0000-0000-000000000000");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IDirectory Directory => realm.Directory;

    [Fact]
    public async Task It_knows_the_realm_and_its_own_account()
    {
        var identity = Known(await Directory.ReadIdentity(Ct));

        identity.RealmId.ShouldBe((string)(await realm.Realm.Get("", Ct))!["id"]!);
        identity.TokenLifetime.ShouldBe(TimeSpan.FromMinutes(5));
        Known(await Directory.ReadPerson(identity.Self, Ct)).Username.ShouldBe("service-account-chat-governance");
        Known(await Directory.ReadPerson(identity.Self, Ct)).IsServiceAccount.ShouldBeTrue();
    }

    [Fact]
    public async Task Everything_marked_is_read_with_its_ancestors_and_privileges()
    {
        var targets = Known(await Directory.ReadRequestable(Ct)).ToDictionary(t => t.Name);

        targets.Keys.Order(StringComparer.Ordinal).ShouldBe(
        [
            "/build-agents", "/databases/production", "/databases/staging", "/databases/staging/reporting", "/finance/payments", "/finance/payments/emergency",
            "/realm-administrators", "/vpn", "auditor", "finance-all", "ledger/read", "ledger/write", "on-call",
        ]);
        targets["/databases/staging/reporting"].Levels.Select(l => l.Where).ShouldBe(["/databases/staging/reporting", "/databases/staging", "/databases"]);
        targets["/finance/payments/emergency"].Privileges!.EffectiveRoles.ShouldBe(["ledger/write"]);
        targets["finance-all"].Privileges!.EffectiveRoles.ShouldBe(["auditor", "finance-all", "ledger/read"]);
        targets.Values.Where(t => t.Privileges!.Administrative).ShouldHaveSingleItem().Name.ShouldBe("/realm-administrators");
    }

    [Fact]
    public async Task A_subgroup_of_an_administrative_group_is_administrative()
    {
        var parent = await realm.Group("/realm-administrators", Ct);
        await realm.Realm.Send(HttpMethod.Post, $"groups/{parent}/children", new JsonObject { ["name"] = "helpers" }, Ct);

        var target = Known(await Directory.ReadTarget(await realm.Target("/realm-administrators/helpers", Ct), Ct));

        target.Privileges!.Administrative.ShouldBeTrue();
        target.Privileges.EffectiveRoles.ShouldContain("realm-management/realm-admin");
    }

    [Fact]
    public async Task A_role_that_hides_an_administrative_one_is_administrative()
    {
        await realm.Realm.Send(HttpMethod.Post, "roles", new JsonObject { ["name"] = "harmless" }, Ct);
        var role = await realm.RealmRole("harmless", Ct);
        var administrative = await realm.ClientRole("realm-management", "manage-realm", Ct);
        await realm.Realm.Send(HttpMethod.Post, $"roles-by-id/{role.Id}/composites", new JsonArray(new JsonObject { ["id"] = administrative.Id, ["name"] = "manage-realm" }), Ct);

        Known(await Directory.ReadTarget(role, Ct)).Privileges!.Administrative.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/databases/production")]
    [InlineData("production")]
    [InlineData("/finance/payments/emergency")]
    public async Task A_group_is_found_by_path_and_by_a_name_of_its_own(string name) =>
        (await Directory.FindGroup(name, Ct)).ShouldBeOfType<GroupSearch.Found>().Group.Path.ShouldEndWith(name);

    [Fact]
    public async Task A_group_is_found_by_id()
    {
        var id = await realm.Group("/security", Ct);

        (await Directory.FindGroup($"id:{id}", Ct)).ShouldBe(new GroupSearch.Found(new GroupRef(id, "/security")));
    }

    [Theory]
    [InlineData("/databases/nobody")]
    [InlineData("/nobody/production")]
    [InlineData("nobody")]
    [InlineData("Security")]
    [InlineData("/databases/pro%")]
    [InlineData("id:nobody")]
    [InlineData("/")]
    public async Task What_does_not_exist_is_not_found(string name) => (await Directory.FindGroup(name, Ct)).ShouldBeOfType<GroupSearch.NotFound>();

    [Fact]
    public async Task A_path_that_two_groups_show_and_a_name_that_two_have_are_ambiguous()
    {
        await realm.Realm.Send(HttpMethod.Post, "groups", new JsonObject { ["name"] = "security/guards" }, Ct);
        (await Directory.FindGroup("/security/guards", Ct)).ShouldBeOfType<GroupSearch.Found>();
        var parent = await realm.Group("/security", Ct);
        await realm.Realm.Send(HttpMethod.Post, $"groups/{parent}/children", new JsonObject { ["name"] = "guards" }, Ct);
        (await Directory.FindGroup("/security/guards", Ct)).ShouldBeOfType<GroupSearch.Ambiguous>();

        await realm.Realm.Send(HttpMethod.Post, $"groups/{parent}/children", new JsonObject { ["name"] = "leads" }, Ct);
        (await Directory.FindGroup("leads", Ct)).ShouldBeOfType<GroupSearch.Ambiguous>();
        (await Directory.FindGroup("/finance/leads", Ct)).ShouldBeOfType<GroupSearch.Found>();
    }

    [Fact]
    public async Task People_are_found_by_an_attribute_exactly()
    {
        var bob = Known(await Directory.FindByAttribute("slack-id", "T0000001/U0000002", Ct)).ShouldHaveSingleItem();

        bob.Ref.ShouldBe(new PersonRef(await realm.Person("bob", Ct), "Bob Brown"));
        Known(await Directory.FindByAttribute("slack-id", "t0000001/u0000002", Ct)).ShouldBeEmpty();
        Known(await Directory.FindByAttribute("slack-id", "T0000001/U00000*", Ct)).ShouldBeEmpty();
        Known(await Directory.FindByAttribute("slack-id", "\"", Ct)).ShouldBeEmpty();
        Known(await Directory.OnlyAdministratorsWrite("slack-id", Ct)).ShouldBeTrue();
        Known(await Directory.OnlyAdministratorsWrite("email", Ct)).ShouldBeFalse();
        Known(await Directory.OnlyAdministratorsWrite("undeclared", Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task People_are_found_by_a_verified_address()
    {
        Known(await Directory.FindByVerifiedEmail("Carol@Example.org", Ct)).ShouldHaveSingleItem().Username.ShouldBe("carol");
        Known(await Directory.FindByVerifiedEmail("arol@example.org", Ct)).ShouldBeEmpty();
        Known(await Directory.FindByVerifiedEmail("", Ct)).ShouldBeEmpty();
        await realm.Somebody(Ct);
        Known(await Directory.FindByVerifiedEmail("somebody1@example.org", Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Members_are_direct()
    {
        Known(await Directory.ReadMembers(await realm.Group("/databases/owners", Ct), Ct)).Select(p => p.Username).ShouldBe(["bob", "carol"]);
        Known(await Directory.ReadMembers(await realm.Group("/databases", Ct), Ct)).ShouldBeEmpty();
        (await Directory.ReadMembers(new GroupId("nobody"), Ct)).ShouldBeOfType<Reading<IReadOnlyList<Person>>.Absent>();
    }

    [Theory]
    [InlineData("group")]
    [InlineData("realm role")]
    [InlineData("client role")]
    public async Task A_target_is_given_and_taken_and_read_back(string kind)
    {
        var person = await realm.Somebody(Ct);
        var target = kind switch
        {
            "group" => await realm.Target("/vpn", Ct),
            "realm role" => await realm.RealmRole("on-call", Ct),
            _ => await realm.ClientRole("ledger", "read", Ct),
        };
        (await Directory.ReadLastChange(person, target, Ct)).ShouldBeOfType<Reading<LastChange>.Absent>();
        Known(await Directory.Holds(person, target, Ct)).ShouldBeFalse();

        for (int time = 0; time < 2; time++)
        {
            (await Directory.Assign(person, target, Ct)).ShouldBeOfType<DirectoryChange.Accepted>();
            Known(await Directory.Holds(person, target, Ct)).ShouldBeTrue();
        }

        var given = Known(await Directory.ReadLastChange(person, target, Ct));
        (given.Added, given.ByUs).ShouldBe((true, true));

        for (int time = 0; time < 2; time++)
        {
            (await Directory.Remove(person, target, Ct)).ShouldBeOfType<DirectoryChange.Accepted>();
            Known(await Directory.Holds(person, target, Ct)).ShouldBeFalse();
        }

        Known(await Directory.ReadLastChange(person, target, Ct)).Added.ShouldBeFalse();
        Known(await Directory.ReadResidualPaths(person, target, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_an_administrator_did_is_not_ours()
    {
        var person = await realm.Somebody(Ct);
        var target = await realm.Target("/vpn", Ct);
        await Directory.Assign(person, target, Ct);
        await Directory.Remove(person, target, Ct);
        await realm.Realm.Send(HttpMethod.Put, $"users/{person}/groups/{target.Id}", null, Ct);

        var change = Known(await Directory.ReadLastChange(person, target, Ct));

        (change.Added, change.ByUs).ShouldBe((true, false));
    }

    [Fact]
    public async Task One_role_is_taken_and_the_others_stay()
    {
        var person = await realm.Somebody(Ct);
        var (taken, kept) = (await realm.RealmRole("on-call", Ct), await realm.RealmRole("auditor", Ct));
        await Directory.Assign(person, taken, Ct);
        await Directory.Assign(person, kept, Ct);

        await Directory.Remove(person, taken, Ct);

        Known(await Directory.Holds(person, kept, Ct)).ShouldBeTrue();
        Known(await Directory.ReadLastChange(person, kept, Ct)).Added.ShouldBeTrue();
    }

    [Fact]
    public async Task What_still_gives_the_same_is_named()
    {
        var person = await realm.Somebody(Ct);
        var read = await realm.ClientRole("ledger", "read", Ct);
        await Directory.Assign(person, await realm.RealmRole("finance-all", Ct), Ct);
        Known(await Directory.ReadResidualPaths(person, read, Ct)).ShouldBe(["role finance-all"]);

        await Directory.Assign(person, await realm.Target("/finance/payments/emergency", Ct), Ct);
        Known(await Directory.ReadResidualPaths(person, await realm.ClientRole("ledger", "write", Ct), Ct)).ShouldBe(["group /finance/payments/emergency"]);
        Known(await Directory.ReadResidualPaths(person, await realm.Target("/finance/payments", Ct), Ct))
            .ShouldBe(["subgroup /finance/payments/emergency", "group /finance/payments/emergency"]);
    }

    [Fact]
    public async Task Who_and_what_is_gone_is_absent()
    {
        var person = await realm.Somebody(Ct);
        var target = await realm.Target("/vpn", Ct);
        var gone = new TargetId(TargetKind.Group, Nobody.Value);

        (await Directory.ReadPerson(Nobody, Ct)).ShouldBeOfType<Reading<Person>.Absent>();
        (await Directory.Holds(Nobody, target, Ct)).ShouldBeOfType<Reading<bool>.Absent>();
        (await Directory.Holds(person, gone, Ct)).ShouldBeOfType<Reading<bool>.Absent>();
        (await Directory.Holds(person, new TargetId(TargetKind.RealmRole, "nobody"), Ct)).ShouldBeOfType<Reading<bool>.Absent>();
        (await Directory.Holds(person, new TargetId(TargetKind.ClientRole, "nobody"), Ct)).ShouldBeOfType<Reading<bool>.Absent>();
        (await Directory.ReadTarget(gone, Ct)).ShouldBeOfType<Reading<TargetFacts>.Absent>();
        (await Directory.Assign(person, gone, Ct)).ShouldBeOfType<DirectoryChange.Rejected>();
        (await Directory.Remove(Nobody, target, Ct)).ShouldBeOfType<DirectoryChange.Rejected>();
    }

    [Fact]
    public async Task An_id_that_is_a_path_reaches_nothing_else()
    {
        var person = await realm.Somebody(Ct);

        foreach (string id in (string[])["..", ".", "", "../..", "%2e%2e", "a/b", "?", "#"])
        {
            (await Directory.Remove(person, new TargetId(TargetKind.Group, id), Ct)).ShouldBeOfType<DirectoryChange.Rejected>();
            (await Directory.ReadTarget(new TargetId(TargetKind.Group, id), Ct)).ShouldNotBeOfType<Reading<TargetFacts>.Known>();
        }

        Known(await Directory.ReadPerson(person, Ct)).Id.ShouldBe(person);
    }

    [Fact]
    public async Task Our_own_account_is_never_changed()
    {
        var self = Known(await Directory.ReadIdentity(Ct)).Self;
        var target = await realm.Target("/vpn", Ct);

        (await Directory.Assign(self, target, Ct)).ShouldBe(new DirectoryChange.Rejected(Doubt.Forbidden));
        Known(await Directory.Holds(self, target, Ct)).ShouldBeFalse();
    }

    private static T Known<T>(Reading<T> reading) => reading.ShouldBeOfType<Reading<T>.Known>().Value;
}

public sealed class SandboxDirectoryTests(SandboxDirectoryRealm realm) : KeycloakDirectoryTests(realm), IClassFixture<SandboxDirectoryRealm>;

public sealed class RealKeycloakDirectoryTests(RealDirectoryRealm realm) : KeycloakDirectoryTests(realm), IClassFixture<RealDirectoryRealm>;
