using System.Text.Json.Nodes;

namespace ChatGovernance.EndToEnd.Tests.Provider;

/// <summary>Every path to a client that is for some people only. On a Keycloak without the provider there is no such realm: the mapper's id is unknown.</summary>
public abstract class LoginPathTests(LoginPolicyRealm realm)
{
    public static TheoryData<string, string> Paths => [.. LoginPath.OpenId.Keys.Select(path => ("OpenID Connect", path)).Concat(LoginPath.Saml.Keys.Select(path => ("SAML", path)))];

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Paths))]
    public async Task Who_holds_the_role_gets_in(string protocol, string path)
    {
        var (got, said) = await Take(protocol, path, await realm.NewUser(reader: true, Ct), () => Task.CompletedTask);
        got.ShouldNotBeNull(said);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task Who_does_not_gets_neither_token_nor_assertion(string protocol, string path)
    {
        var (got, _) = await Take(protocol, path, await realm.NewUser(reader: false, Ct), () => Task.CompletedTask);
        got.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task Whose_role_is_taken_away_meanwhile_gets_neither_token_nor_assertion(string protocol, string path)
    {
        var user = await realm.NewUser(reader: true, Ct);
        var (got, _) = await Take(protocol, path, user, () => realm.Map(HttpMethod.Delete, user, "reader", Ct));
        got.ShouldBeNull();
    }

    private async Task<(string? Got, string Said)> Take(string protocol, string path, TestUser user, Func<Task> meanwhile)
    {
        using var way = new LoginPath(realm, user);
        var act = await (protocol == "SAML" ? LoginPath.Saml : LoginPath.OpenId)[path](way);
        await meanwhile();
        return (act is null ? null : await act(), way.Said);
    }
}

public sealed class LoginPathsTests(LoginPolicyRealm realm) : LoginPathTests(realm), IClassFixture<LoginPolicyRealm>;

/// <summary>Somebody has switched the required action off.</summary>
public sealed class LoginPathsWithoutActionTests(LoginPolicyRealmWithoutAction realm) : LoginPathTests(realm), IClassFixture<LoginPolicyRealmWithoutAction>;

/// <summary>What a policy may say, and what people and applications are told.</summary>
public sealed class LoginPolicyTests(LoginPolicyRealm realm) : IClassFixture<LoginPolicyRealm>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_are_told_in_the_policys_words_and_the_application_by_its_protocol()
    {
        var user = await realm.NewUser(reader: false, Ct);
        using var path = new LoginPath(realm, user);
        var page = await path.ByForm();
        page.Html.ShouldContain("No access to app");
        page.Html.ShouldContain("This is for <b>readers</b>.");
        LoginPath.Parameter(page, "code").ShouldBeNull();

        var back = await path.PressesBack(page);
        LoginPath.Parameter(back, "error").ShouldBe("access_denied");
        LoginPath.Parameter(back, "error_description").ShouldBe("This is for readers.");
        LoginPath.Parameter(back, "state").ShouldBe("s");
    }

    [Fact]
    public async Task Without_a_page_the_application_is_told_that_one_is_needed()
    {
        var user = await realm.NewUser(reader: true, Ct);
        using var path = new LoginPath(realm, user);
        LoginPath.Parameter(await path.ByForm(), "code").ShouldNotBeNull();
        await realm.Map(HttpMethod.Delete, user, "reader", Ct);

        LoginPath.Parameter(await path.BySession("&prompt=none"), "error").ShouldBe("interaction_required");
    }

    [Fact]
    public async Task A_direct_grant_is_denied_by_its_own_error_and_leaves_no_session()
    {
        var user = await realm.NewUser(reader: false, Ct);
        using var path = new LoginPath(realm, user);
        (await path.Grant("access_token", path.Password("openid offline_access"))).ShouldBeNull();

        path.Said.ShouldBe("""400 {"error":"access_denied","error_description":"This is for readers."}""");
        (await realm.Realm.Get($"users/{user.Id}/sessions", Ct))!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_denial_is_a_stored_event_that_says_what_is_missing()
    {
        var user = await realm.NewUser(reader: false, Ct);
        using var path = new LoginPath(realm, user);
        await path.ByForm();

        var stored = (await realm.Realm.Get($"events?type=LOGIN_ERROR&user={user.Id}", Ct))!.AsArray().ShouldHaveSingleItem()!;
        ((string?)stored["error"]).ShouldBe("access_denied");
        ((string?)stored["clientId"]).ShouldBe("app");
        ((string?)stored["details"]!["reason"]).ShouldBe("missing_role");
        ((string?)stored["details"]!["missing_any_of"]).ShouldBe("reader");
        ((string?)stored["details"]!["policy"]).ShouldBe("Readers only");
    }

    [Fact]
    public async Task The_token_of_another_client_is_not_for_one_that_the_user_may_not_log_in_to()
    {
        Audience(await TokenOfOpen(reader: true)).ShouldContain("app");
        Audience(await TokenOfOpen(reader: false)).ShouldNotContain("app");
    }

    [Theory]
    [InlineData("any-of", "librarian", true)]
    [InlineData("any-of", "nobody##reader", false)]
    [InlineData("any-of", "a/b", false)] // a realm role, and the role b of the client a
    [InlineData("all-of", "reader##librarian", true)]
    [InlineData("all-of", "reader##app/clerk", false)]
    [InlineData("all-of", "reader## ", false)]
    [InlineData("groups", "/staff", true)]
    [InlineData("groups", "/readers##/staff", true)]
    [InlineData("groups", "/readers", false)]
    [InlineData("groups", "/nowhere##/staff", false)]
    [InlineData("groups", "staff", false)]
    [InlineData("message", "Only a message.", true)]
    public async Task A_policy_counts_what_is_held_by_whatever_way_and_denies_what_it_cannot_resolve(string field, string value, bool allowed)
    {
        var user = await realm.NewUser(reader: false, Ct);
        await realm.Map(HttpMethod.Post, user, "librarian", Ct);
        await realm.Realm.Send(HttpMethod.Put, $"users/{user.Id}/groups/{(string)(await realm.Realm.Administrator.Get($"admin/realms/{realm.Realm.Name}/group-by-path/staff/night", Ct))!["id"]!}", null, Ct);
        await AddClient(new JsonObject { [field] = value }, out var client);

        using var path = new LoginPath(realm, user);
        (await path.Grant("access_token", path.Password("openid", client)) is not null).ShouldBe(allowed, path.Said);
    }

    [Theory]
    [InlineData("any-of", "reader##nobody", "nobody")]
    [InlineData("groups", "/readers/nowhere", "/readers/nowhere")]
    public async Task A_bad_value_is_refused_by_name_where_it_is_entered(string field, string value, string named)
    {
        var id = (string)(await realm.Realm.Get("clients?clientId=open", Ct))![0]!["id"]!;
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => realm.Realm.Send(HttpMethod.Post, $"clients/{id}/protocol-mappers/models", Mapper(new JsonObject { [field] = value }), Ct));

        refused.Message.ShouldContain("was answered 400");
        refused.Message.ShouldContain(named);
    }

    [Fact]
    public async Task A_policy_in_a_client_scope_holds_whether_the_scope_is_asked_for_or_not()
    {
        await realm.Realm.Send(HttpMethod.Post, "client-scopes", new JsonObject { ["name"] = "readers-only", ["protocol"] = "openid-connect", ["protocolMappers"] = new JsonArray(Mapper(new JsonObject { ["any-of"] = "reader" })) }, Ct);
        var scope = (await realm.Realm.Get("client-scopes", Ct))!.AsArray().Single(row => (string)row!["name"]! == "readers-only")!;
        await AddClient([], out var client);
        var id = (string)(await realm.Realm.Get($"clients?clientId={client}", Ct))![0]!["id"]!;
        await realm.Realm.Send(HttpMethod.Put, $"clients/{id}/optional-client-scopes/{(string)scope["id"]!}", null, Ct);

        using var path = new LoginPath(realm, await realm.NewUser(reader: false, Ct));
        (await path.Grant("access_token", path.Password("openid", client))).ShouldBeNull();
    }

    [Theory]
    [InlineData(LoginPolicyRealm.OtherProvider, false)]
    [InlineData(LoginPolicyRealm.TrustedProvider, true)]
    public async Task Who_comes_from_another_realm_for_the_first_time_is_judged_by_the_roles_that_this_one_gives(string provider, bool allowed)
    {
        using var path = new LoginPath(realm, await realm.NewElsewhere(Ct));
        var page = await path.ByBroker(provider);

        (LoginPath.Parameter(page, "code") is not null).ShouldBe(allowed, path.Said);
        page.Html.Contains("No access to app", StringComparison.Ordinal).ShouldBe(!allowed);
    }

    [Fact]
    public async Task A_clients_own_account_is_exempt()
    {
        using var path = new LoginPath(realm, await realm.NewUser(reader: false, Ct));
        (await path.Grant("access_token", [("grant_type", "client_credentials"), ("client_id", "app"), ("client_secret", "app")])).ShouldNotBeNull(path.Said);
    }

    private Task AddClient(JsonObject config, out string client)
    {
        client = $"c{Guid.CreateVersion7():n}";
        return realm.Realm.Send(HttpMethod.Post, "clients", new JsonObject
        {
            ["clientId"] = client,
            ["secret"] = client,
            ["directAccessGrantsEnabled"] = true,
            ["protocolMappers"] = config.Count == 0 ? new JsonArray() : new JsonArray(Mapper(config)),
        }, Ct);
    }

    private static JsonObject Mapper(JsonObject config) => new() { ["name"] = "Policy", ["protocol"] = "openid-connect", ["protocolMapper"] = "chatgovernance-oidc-login-policy", ["config"] = config };

    private async Task<string> TokenOfOpen(bool reader)
    {
        using var path = new LoginPath(realm, await realm.NewUser(reader, Ct));
        return (await path.Grant("access_token", path.Password("openid", "open"))).ShouldNotBeNull(path.Said);
    }

    private static string Audience(string token)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')))!["aud"]?.ToJsonString() ?? "";
    }
}
