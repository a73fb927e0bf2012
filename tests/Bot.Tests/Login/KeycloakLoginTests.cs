using System.Web;
using ChatGovernance.Bot.Login;
using ChatGovernance.Core.Logins;
using ChatGovernance.Sandbox.Realm;
using ChatGovernance.TestSupport.Bots;
using ChatGovernance.TestSupport.Builders;

namespace ChatGovernance.Bot.Tests.Login;

/// <summary>The code flow against the sandbox's realm.</summary>
public sealed class KeycloakLoginTests : IAsyncLifetime
{
    private const string RealmFile = """
        {
          "realm": "r", "enabled": true,
          "clients": [
            {"clientId": "bot", "secret": "s1", "serviceAccountsEnabled": true, "redirectUris": ["http://127.0.0.1/*"]},
            {"clientId": "login", "secret": "s2", "redirectUris": ["http://127.0.0.1/*"]},
            {"clientId": "off", "secret": "s3", "standardFlowEnabled": false, "redirectUris": ["http://127.0.0.1/*"]}
          ],
          "users": [{"id": "11111111-1111-1111-1111-111111111111", "username": "alice", "enabled": true, "credentials": [{"type": "password", "value": "a"}]}]
        }
        """;

    private static readonly LoginId login = new(KnownIds.Number(7));

    private readonly BrowserSecret browser = BrowserSecret.New();
    private readonly LoginBrowser page = new();
    private SandboxRealm realm = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => realm = await SandboxRealm.Start(RealmFile, 0, TimeProvider.System, Ct);

    public async ValueTask DisposeAsync()
    {
        page.Dispose();
        await realm.DisposeAsync();
    }

    [Fact]
    public async Task A_login_proves_who_when_and_how()
    {
        await using var bot = Bot();
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        var given = (await bot.GetRequiredService<KeycloakLogin>().Exchange(login, browser, await CodeFor(bot), Ct)).ShouldBeOfType<LoginProof.Given>().Login;

        given.Person.Value.ShouldBe("11111111-1111-1111-1111-111111111111");
        given.At.ShouldBeGreaterThan(before);
        given.Level.ShouldBe("1");
    }

    [Fact]
    public void Keycloak_is_asked_for_a_fresh_login()
    {
        using var bot = Bot(("Login:Acr", "gold"));
        var query = HttpUtility.ParseQueryString(bot.GetRequiredService<KeycloakLogin>().Address(login, browser, "gold").Query);

        query["prompt"].ShouldBe("login");
        query["max_age"].ShouldBe("0");
        query["code_challenge_method"].ShouldBe("S256");
        query["redirect_uri"].ShouldBe("http://127.0.0.1:1/signin-keycloak");
        query["acr_values"].ShouldBe("gold");
        query["client_id"].ShouldBe("bot");
    }

    [Fact]
    public async Task A_code_works_once_and_in_its_own_browser_alone()
    {
        await using var bot = Bot();
        var keycloak = bot.GetRequiredService<KeycloakLogin>();
        (await keycloak.Exchange(login, BrowserSecret.New(), await CodeFor(bot), Ct)).ShouldBeOfType<LoginProof.Nothing>();

        var code = await CodeFor(bot);
        (await keycloak.Exchange(login, browser, code, Ct)).ShouldBeOfType<LoginProof.Given>();
        (await keycloak.Exchange(login, browser, code, Ct)).ShouldBeOfType<LoginProof.Nothing>();
    }

    [Fact]
    public async Task A_token_of_another_issuer_proves_nothing()
    {
        await using var bot = Bot(("Keycloak:PublicUrl", "http://127.0.0.1:1/"));
        await using var other = Bot();

        (await bot.GetRequiredService<KeycloakLogin>().Exchange(login, browser, await CodeFor(other), Ct)).ShouldBeOfType<LoginProof.Nothing>();
    }

    [Fact]
    public async Task A_client_of_its_own_takes_the_place_of_the_bots()
    {
        await using var bot = Bot(("Login:ClientId", "login"), ("Login:ClientSecret", "s2"));
        await using var others = Bot();

        (await bot.GetRequiredService<KeycloakLogin>().Exchange(login, browser, await CodeFor(others), Ct)).ShouldBeOfType<LoginProof.Nothing>();
        (await bot.GetRequiredService<KeycloakLogin>().Exchange(login, browser, await CodeFor(bot), Ct)).ShouldBeOfType<LoginProof.Given>();
    }

    [Fact]
    public async Task A_Keycloak_that_does_not_answer_is_away()
    {
        await using var bot = Bot(("Keycloak:Url", "http://127.0.0.1:1/"));

        (await bot.GetRequiredService<KeycloakLogin>().Exchange(login, browser, "code", Ct)).ShouldBeOfType<LoginProof.Away>();
    }

    [Theory]
    [InlineData("PublicUrl", "bot.example.org", "PublicUrl is not")]
    [InlineData("PublicUrl", "https://bot.example.org/?x", "PublicUrl is not")]
    [InlineData("Login:ClientId", "login", "Login:ClientSecret is missing")]
    public void A_setting_that_is_malformed_is_named(string key, string value, string said)
    {
        using var bot = Bot((key, value));

        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => bot.GetRequiredService<Microsoft.Extensions.Options.IOptions<LoginOptions>>().Value).Message.ShouldStartWith(said);
    }

    [Fact]
    public void Without_a_public_address_it_is_off_and_says_why()
    {
        using var bot = Bot(("PublicUrl", null));

        bot.GetRequiredService<LoginAvailability>().WhyNot.ShouldBe("PublicUrl is not set");
    }

    private ServiceProvider Bot(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PublicUrl"] = "http://127.0.0.1:1",
            ["Keycloak:Url"] = realm.Url.ToString(),
            ["Keycloak:Realm"] = "r",
            ["Keycloak:ClientId"] = "bot",
            ["Keycloak:ClientSecret"] = "s1",
        });
        configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddKeycloak(configuration).AddLogin(configuration).BuildServiceProvider();
    }

    /// <summary>Logs in as Alice, up to the redirect that a browser would follow to the bot.</summary>
    private async Task<string> CodeFor(IServiceProvider bot)
    {
        var form = await page.Open(bot.GetRequiredService<KeycloakLogin>().Address(login, browser), Ct);
        var refused = await Should.ThrowAsync<HttpRequestException>(() => page.Send(form, Ct, ("username", "alice"), ("password", "a")));
        refused.ShouldNotBeNull(); // nothing listens at the bot's address: what counts is where the browser was sent
        return HttpUtility.ParseQueryString(page.Last!.Query)["code"]!;
    }
}
