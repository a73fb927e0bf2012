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
            "/build-agents", "/databases/production", "/databases/staging", "/databases/staging/reporting", "/databases/superuser", "/databases/vault", "/finance/payments", "/finance/payments/emergency", "/finance/transfers",
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

    [Fact]
    public async Task What_changed_since_then_is_told_with_whom_and_what_it_is_about()
    {
        var (vpn, onCall, read) = (await realm.Target("/vpn", Ct), await realm.RealmRole("on-call", Ct), await realm.ClientRole("ledger", "read", Ct));
        var person = await realm.Somebody(Ct);
        var since = await Mark();

        await realm.Realm.Send(HttpMethod.Put, $"users/{person}/groups/{vpn.Id}", null, Ct);
        await realm.Realm.Send(HttpMethod.Delete, $"users/{person}/groups/{vpn.Id}", null, Ct);
        await realm.Realm.Send(HttpMethod.Post, $"users/{person}/role-mappings/realm", Roles(onCall, "on-call"), Ct);
        await realm.Realm.Send(HttpMethod.Post, $"users/{person}/role-mappings/clients/{await realm.Client("ledger", Ct)}", Roles(read, "read"), Ct);
        await realm.Realm.Send(HttpMethod.Put, $"users/{person}", new JsonObject { ["enabled"] = false }, Ct);
        await realm.Realm.Send(HttpMethod.Delete, $"users/{person}", null, Ct);

        (await Since(since)).Where(IsAbout(person)).Select(WithoutTime).ShouldBe(
        [
            new DirectoryEvent.OfHolding(person, vpn, default),
            new DirectoryEvent.OfHolding(person, vpn, default),
            new DirectoryEvent.OfHolding(person, onCall, default),
            new DirectoryEvent.OfHolding(person, read, default),
            new DirectoryEvent.OfPerson(person, default),
            new DirectoryEvent.OfPerson(person, default),
        ]);
    }

    [Fact]
    public async Task What_we_gave_is_not_told_and_what_we_took_away_is()
    {
        var (person, vpn, onCall) = (await realm.Somebody(Ct), await realm.Target("/vpn", Ct), await realm.RealmRole("on-call", Ct));
        var since = await Mark();
        await Directory.Assign(person, vpn, Ct);
        await Directory.Assign(person, onCall, Ct);
        (await Since(since)).Where(IsAbout(person)).ShouldBeEmpty();

        await Directory.Remove(person, vpn, Ct);
        await Directory.Remove(person, onCall, Ct);
        (await Since(since)).Where(IsAbout(person)).Select(WithoutTime)
            .ShouldBe([new DirectoryEvent.OfHolding(person, vpn, default), new DirectoryEvent.OfHolding(person, onCall, default)]);
    }

    [Fact]
    public async Task What_a_group_or_role_is_and_brings_is_told()
    {
        await realm.Realm.Send(HttpMethod.Post, "roles", new JsonObject { ["name"] = "told" }, Ct);
        await realm.Realm.Send(HttpMethod.Post, "groups", new JsonObject { ["name"] = "told" }, Ct);
        var (role, group, auditor) = (await realm.RealmRole("told", Ct), await realm.Target("/told", Ct), await realm.RealmRole("auditor", Ct));
        foreach (var (method, path, body) in new (HttpMethod, string, JsonNode?)[]
        {
            (HttpMethod.Post, $"roles-by-id/{role.Id}/composites", Roles(auditor, "auditor")),
            (HttpMethod.Put, $"roles-by-id/{role.Id}", new JsonObject { ["name"] = "told anew" }),
            (HttpMethod.Delete, $"roles-by-id/{role.Id}", null),
            (HttpMethod.Put, $"groups/{group.Id}", new JsonObject { ["name"] = "told anew" }),
            (HttpMethod.Delete, $"groups/{group.Id}", null),
        })
        {
            var since = await Mark();
            await realm.Realm.Send(method, path, body, Ct);
            (await Since(since)).ShouldContain(each => each is DirectoryEvent.OfTarget && ((DirectoryEvent.OfTarget)each).Target == (path.StartsWith("roles", StringComparison.Ordinal) ? role : group), $"{method} {path}");
        }
    }

    protected async Task<IReadOnlyList<DirectoryEvent>> Since(DateTimeOffset since)
    {
        var read = Known(await Directory.ReadChangesSince(since, Ct));
        read.Through.ShouldBeNull();
        read.Events.ShouldAllBe(each => each.At >= since);
        return read.Events;
    }

    /// <summary>The instant of an event that is stored: what comes later is after it, or in the same millisecond.</summary>
    protected async Task<DateTimeOffset> Mark()
    {
        await realm.Somebody(Ct);
        var newest = (await realm.Realm.Get("admin-events?max=1", Ct))!.AsArray().Single()!;
        return DateTimeOffset.FromUnixTimeMilliseconds((long)newest["time"]!);
    }

    protected static JsonArray Roles(TargetId role, string name) => [new JsonObject { ["id"] = role.Id, ["name"] = name }];

    private static Func<DirectoryEvent, bool> IsAbout(PersonId person) => each =>
        each is DirectoryEvent.OfPerson one && one.Person == person || each is DirectoryEvent.OfHolding holding && holding.Person == person;

    protected static DirectoryEvent WithoutTime(DirectoryEvent each) => each switch
    {
        DirectoryEvent.OfPerson of => new DirectoryEvent.OfPerson(of.Person, default),
        DirectoryEvent.OfHolding of => new DirectoryEvent.OfHolding(of.Person, of.Target, default),
        DirectoryEvent.OfTarget of => new DirectoryEvent.OfTarget(of.Target, default),
        DirectoryEvent.OfRoleCalled of => new DirectoryEvent.OfRoleCalled(of.Kind, of.Name, default),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static T Known<T>(Reading<T> reading) => reading.ShouldBeOfType<Reading<T>.Known>().Value;
}
