using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.Offers;
using ChatGovernance.Core.People;
using ChatGovernance.TestSupport.Keycloak;

namespace ChatGovernance.Infrastructure.Tests.Keycloak;

public sealed class SandboxDirectoryTests(SandboxDirectoryRealm realm) : KeycloakDirectoryTests(realm), IClassFixture<SandboxDirectoryRealm>;

public sealed class RealKeycloakDirectoryTests(RealDirectoryRealm realm) : KeycloakDirectoryTests(realm), IClassFixture<RealDirectoryRealm>
{
    private readonly TestRealm server = realm.Realm;

    [Fact]
    public async Task Sessions_end_and_what_they_gave_is_worthless()
    {
        var ct = TestContext.Current.CancellationToken;
        var person = await realm.Person("dave", ct);
        var (_, refresh) = await Token(("grant_type", "password"), ("username", "dave"), ("password", "dave"));
        (await server.Get($"users/{person.Value}/sessions", ct))!.AsArray().Count.ShouldBe(1);
        var (status, again) = await Token(("grant_type", "refresh_token"), ("refresh_token", refresh!));
        status.ShouldBe(HttpStatusCode.OK);

        (await realm.Directory.EndSessions(person, ct)).ShouldBeOfType<DirectoryChange.Accepted>();
        (await server.Get($"users/{person.Value}/sessions", ct))!.AsArray().ShouldBeEmpty();
        (await Token(("grant_type", "refresh_token"), ("refresh_token", again!))).Status.ShouldBe(HttpStatusCode.BadRequest);

        async Task<(HttpStatusCode Status, string? Refresh)> Token(params (string Name, string Value)[] fields)
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            using var form = new FormUrlEncodedContent([new("client_id", "ledger"), new("client_secret", "ledger-secret"), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
            using var answer = await http.PostAsync(new Uri(server.Server, $"realms/{server.Name}/protocol/openid-connect/token"), form, ct);
            return (answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!["refresh_token"]);
        }
    }

    [Fact]
    public async Task A_login_that_failed_for_another_reason_than_a_policy_is_no_denial()
    {
        var ct = TestContext.Current.CancellationToken;
        await server.Send(HttpMethod.Put, "events/config", new JsonObject { ["eventsEnabled"] = true }, ct);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var form = new FormUrlEncodedContent([new("client_id", "ledger"), new("client_secret", "ledger-secret"), new("grant_type", "password"), new("username", "dave"), new("password", "wrong")]);
        (await http.PostAsync(new Uri(server.Server, $"realms/{server.Name}/protocol/openid-connect/token"), form, ct)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await server.Get("events?type=LOGIN_ERROR", ct))!.AsArray().ShouldHaveSingleItem();

        (await realm.Directory.ReadDeniedLoginsSince(DateTimeOffset.UnixEpoch, ct)).ShouldBeOfType<Reading<DeniedLogins>.Known>().Value.Denials.ShouldBeEmpty();
    }

    /// <summary>The sandbox realm speaks no call that names a role; the Admin REST API does, and its events then do.</summary>
    [Fact]
    public async Task Roles_that_events_call_by_their_names_are_told_by_name_and_id()
    {
        var ct = TestContext.Current.CancellationToken;
        var since = await Mark();
        var ledger = (string)(await server.Get("clients?clientId=ledger", ct))![0]!["id"]!;
        await server.Send(HttpMethod.Post, "roles", new JsonObject { ["name"] = "by name" }, ct);
        await server.Send(HttpMethod.Put, "roles/by%20name", new JsonObject { ["name"] = "by/other name" }, ct);
        await server.Send(HttpMethod.Post, $"clients/{ledger}/roles", new JsonObject { ["name"] = "by name" }, ct);
        await server.Send(HttpMethod.Post, $"clients/{ledger}/roles/by%20name/composites", Roles(await realm.RealmRole("auditor", ct), "auditor"), ct);
        await server.Send(HttpMethod.Delete, $"clients/{ledger}/roles/by%20name", null, ct);

        var told = (await Since(since)).Select(WithoutTime).ToList();

        foreach (var name in (string[])["by name", "by/other name"])
            told.ShouldContain(new DirectoryEvent.OfRoleCalled(TargetKind.RealmRole, name, default));
        told.Count(each => each == new DirectoryEvent.OfRoleCalled(TargetKind.ClientRole, "ledger/by name", default)).ShouldBe(3);
        told.OfType<DirectoryEvent.OfTarget>().ShouldContain(each => each.Target.Kind == TargetKind.ClientRole);
    }
}
