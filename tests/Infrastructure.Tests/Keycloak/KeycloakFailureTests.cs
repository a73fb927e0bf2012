using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using ChatGovernance.Core;
using ChatGovernance.Core.Directory;
using ChatGovernance.Core.People;
using ChatGovernance.Infrastructure.Keycloak;
using ChatGovernance.Sandbox.Realm;
using ChatGovernance.TestSupport.Keycloak;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGovernance.Infrastructure.Tests.Keycloak;

/// <summary>Answers that a healthy Keycloak does not give.</summary>
public sealed class KeycloakFailureTests : IAsyncLifetime
{
    private TestRealm realm = null!;
    private ServiceProvider services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SandboxRealm Sandbox => realm.Sandbox!;

    private KeycloakClient Client => services.GetRequiredService<KeycloakClient>();

    private IDirectory Directory => services.GetRequiredService<IDirectory>();

    private PersonId Alice => new(Sandbox.UserId("alice"));

    private TargetId Vpn => new(TargetKind.Group, Sandbox.GroupId("/vpn"));

    public async ValueTask InitializeAsync()
    {
        realm = await TestRealm.CreateAsync(RealmKind.Sandbox, SandboxRealmFile.Json, Ct);
        services = KeycloakAccess.To(realm);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await realm.DisposeAsync();
    }

    [Fact]
    public async Task Many_calls_at_once_ask_for_one_token()
    {
        var hold = Sandbox.Faults.Hold(afterEffect: false, c => c.IsToken);
        var calls = Enumerable.Range(0, 20).Select(_ => Client.Api.Realm(Ct)).ToList();
        await hold.Reached;
        hold.Release();
        await Task.WhenAll(calls);

        Sandbox.Calls.Count(c => c.IsToken).ShouldBe(1);
    }

    [Fact]
    public async Task A_token_turned_away_is_replaced_and_the_call_made_once_more()
    {
        await Client.Api.Realm(Ct);
        Sandbox.RevokeTokens();
        await Client.Api.Realm(Ct);

        Sandbox.Calls.Select(c => (c.IsToken, c.Status)).ShouldBe([(true, 200), (false, 200), (false, 401), (true, 200), (false, 200)]);
    }

    [Fact]
    public async Task A_second_401_is_the_answer()
    {
        Sandbox.Faults.Answer(401, c => !c.IsToken, body: """{"error":"HTTP 401 Unauthorized"}""");

        (await Failure(() => Client.Api.Realm(Ct))).Failure.ShouldBe(KeycloakFailure.Unauthorized);
        Sandbox.Calls.Count(c => !c.IsToken).ShouldBe(2);
    }

    [Fact]
    public async Task A_call_that_brings_nothing_is_counted_by_what_went_wrong()
    {
        var counted = new List<object?>();
        using var listener = new MeterListener();
        var meters = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Name == KeycloakMetrics.Failures && instrument.Meter.Scope == meters)
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, by, tags, _) => counted.AddRange(Enumerable.Repeat(tags[0].Value, (int)by)));
        listener.Start();

        await Client.Api.Realm(Ct);
        await Failure(() => Client.Api.Group("no-such-group", Ct));
        Sandbox.Faults.Answer(503, c => !c.IsToken, body: "");
        await Failure(() => Client.Api.Realm(Ct));

        counted.ShouldBe(["NotFound", "Unavailable"]);
    }

    [Fact]
    public async Task A_rotated_secret_is_told_as_unauthorized()
    {
        Sandbox.SetSecret("chat-governance", "another");

        (await Directory.ReadPerson(Alice, Ct)).ShouldBe(new Reading<Person>.Unknown(Doubt.Unauthorized));
    }

    [Theory]
    [InlineData(500, "Unavailable", true)]
    [InlineData(502, "Unavailable", true)]
    [InlineData(503, "Unavailable", true)]
    [InlineData(429, "Unavailable", true)]
    [InlineData(409, "Conflict", true)]
    [InlineData(400, "Rejected", false)]
    [InlineData(403, "Forbidden", false)]
    [InlineData(404, "NotFound", false)]
    [InlineData(302, "Unreadable", true)]
    public async Task A_status_says_what_kind_of_failure_it_is(int status, string kind, bool transient)
    {
        Sandbox.Faults.Answer(status, c => !c.IsToken, body: """{"error":"some_code"}""", retryAfter: TimeSpan.FromSeconds(7));

        var failure = await Failure(() => Client.Api.Realm(Ct));

        (failure.Failure.ToString(), failure.Status, failure.Error, failure.IsTransient, failure.RetryAfter).ShouldBe((kind, status, "some_code", transient, TimeSpan.FromSeconds(7)));
        failure.Message.ShouldNotContain("some_code");
    }

    [Theory]
    [InlineData("<html>It works!</html>", "text/html")]
    [InlineData("", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("[null]", "application/json")]
    [InlineData("[{}]", "application/json")]
    [InlineData("""[{"id":null,"name":"x"}]""", "application/json")]
    [InlineData("""[{"id":"1","name":"x","attributes":[]}]""", "application/json")]
    [InlineData("""[{"id":"1","name":"x"}""", "application/json")]
    [InlineData("\"x\"", "application/json")]
    public async Task A_body_of_another_shape_is_unreadable_and_never_an_empty_list(string body, string contentType)
    {
        Sandbox.Faults.Answer(200, c => !c.IsToken, body: body, contentType: contentType);

        (await Failure(() => Client.GroupsWith("requestable", "true", Ct))).Failure.ShouldBe(KeycloakFailure.Unreadable);
        (await Directory.ReadRequestable(Ct)).ShouldBe(new Reading<IReadOnlyList<TargetFacts>>.Unknown(Doubt.Unreadable));
    }

    [Fact]
    public async Task A_404_that_is_not_Keycloaks_own_is_no_absence()
    {
        Sandbox.Faults.Answer(404, c => !c.IsToken, body: "<html>no such page</html>", contentType: "text/html");

        (await Directory.ReadPerson(Alice, Ct)).ShouldBe(new Reading<Person>.Unknown(Doubt.Unreadable));
    }

    [Fact]
    public async Task A_404_of_a_realm_that_was_made_anew_is_no_absence()
    {
        await Directory.ReadIdentity(Ct);
        Sandbox.Faults.Answer(200, c => c.Is("GET", ""), body: $$"""{"realm":"{{realm.Name}}","id":"another"}""");

        (await Directory.ReadPerson(new PersonId("nobody"), Ct)).ShouldBe(new Reading<Person>.Unknown(Doubt.OtherRealm));
        (await Directory.FindGroup("id:nobody", Ct)).ShouldBe(new GroupSearch.Unknown(Doubt.OtherRealm));
    }

    [Fact]
    public async Task A_change_is_confirmed_by_204_alone()
    {
        Sandbox.Faults.Answer(200, c => c.IsChange, body: "<html>It works!</html>", contentType: "text/html");

        (await Directory.Assign(Alice, Vpn, Ct)).ShouldBe(new DirectoryChange.Uncertain(Doubt.Unreadable));
        Sandbox.Members("/vpn").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_breaks_leaves_a_change_uncertain(bool afterEffect)
    {
        Sandbox.Faults.Drop(afterEffect, c => c.IsChange);

        (await Directory.Assign(Alice, Vpn, Ct)).ShouldBe(new DirectoryChange.Uncertain(Doubt.Away));
        (await Directory.Holds(Alice, Vpn, Ct)).ShouldBe(new Reading<bool>.Known(afterEffect));
    }

    [Fact]
    public async Task A_body_that_is_cut_off_is_a_failure()
    {
        Sandbox.Faults.Truncate(c => c.Is("GET", "groups"));

        (await Directory.ReadRequestable(Ct)).ShouldBeOfType<Reading<IReadOnlyList<TargetFacts>>.Unknown>();
    }

    [Fact]
    public async Task No_answer_in_time_is_away_and_the_callers_own_cancellation_passes()
    {
        await using var hasty = KeycloakAccess.To(realm, timeout: TimeSpan.FromSeconds(3));
        await hasty.GetRequiredService<KeycloakClient>().Api.Realm(Ct);
        var hold = Sandbox.Faults.Hold(afterEffect: false, c => !c.IsToken);

        (await hasty.GetRequiredService<IDirectory>().ReadPerson(Alice, Ct)).ShouldBe(new Reading<Person>.Unknown(Doubt.Away));
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var read = Directory.ReadPerson(Alice, cancelled.Token);
        await hold.Reached;
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => read);
    }

    [Fact]
    public async Task Nobody_listening_is_away()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        await using var lost = KeycloakAccess.To(new Uri($"http://127.0.0.1:{port}"), "demo", "x", "y", TimeSpan.FromSeconds(30), TimeProvider.System);

        (await lost.GetRequiredService<IDirectory>().ReadIdentity(Ct)).ShouldBe(new Reading<DirectoryIdentity>.Unknown(Doubt.Away));
    }

    [Fact]
    public async Task Without_the_privilege_nothing_is_absent_or_empty()
    {
        var role = new TargetId(TargetKind.RealmRole, Sandbox.RoleId("auditor"));
        Sandbox.SetPrivileges("chat-governance", "query-users", "query-groups", "query-clients", "view-realm", "view-events");

        (await Directory.FindByAttribute("slack-id", "T0000001/U0000002", Ct)).ShouldBe(new Reading<IReadOnlyList<Person>>.Unknown(Doubt.Forbidden));
        (await Directory.FindByVerifiedEmail("bob@example.org", Ct)).ShouldBe(new Reading<IReadOnlyList<Person>>.Unknown(Doubt.Forbidden));
        (await Directory.FindGroup("/databases/owners", Ct)).ShouldBe(new GroupSearch.Unknown(Doubt.Forbidden));
        (await Directory.ReadRequestable(Ct)).ShouldBe(new Reading<IReadOnlyList<TargetFacts>>.Unknown(Doubt.Forbidden));
        (await Directory.Holds(Alice, Vpn, Ct)).ShouldBe(new Reading<bool>.Unknown(Doubt.Forbidden));
        // Composites leave out the roles of clients that cannot be seen: what it brings is not known.
        (await Directory.ReadTarget(role, Ct)).ShouldBe(new Reading<TargetFacts>.Unknown(Doubt.Forbidden));
        (await Directory.Assign(Alice, Vpn, Ct)).ShouldBe(new DirectoryChange.Rejected(Doubt.Forbidden));
    }

    [Fact]
    public async Task The_sandbox_realm_speaks_every_call_of_the_catalog()
    {
        await Directory.ReadRequestable(Ct);

        Sandbox.UnknownCalls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, "demo", "bot", "s", "Keycloak:Url ")]
    [InlineData("keycloak", "demo", "bot", "s", "Keycloak:Url ")]
    [InlineData("ftp://keycloak", "demo", "bot", "s", "Keycloak:Url ")]
    [InlineData("http://keycloak/?a=b", "demo", "bot", "s", "Keycloak:Url ")]
    [InlineData("http://keycloak", " ", "bot", "s", "Keycloak:Realm ")]
    [InlineData("http://keycloak", "..", "bot", "s", "Keycloak:Realm ")]
    [InlineData("http://keycloak", "demo", null, "s", "Keycloak:ClientId ")]
    [InlineData("http://keycloak", "demo", "bot", null, "Keycloak:ClientSecret ")]
    public void A_setting_that_is_missing_or_malformed_is_named_in_one_line(string? url, string? name, string? client, string? secret, string named)
    {
        var result = new KeycloakOptionsValidation().Validate(null, new KeycloakOptions { Url = url, Realm = name, ClientId = client, ClientSecret = secret });

        var problem = result.Failures.ShouldHaveSingleItem();
        problem.ShouldStartWith(named);
        problem.ShouldNotContain("\n");
    }

    private static async Task<KeycloakException> Failure<T>(Func<Task<T>> call) => await Should.ThrowAsync<KeycloakException>(async () => await call());
}
