using ChatGovernance.Bot.Login;
using ChatGovernance.Core.Logins;
using ChatGovernance.TestSupport.Builders;

namespace ChatGovernance.Bot.Tests.Login;

public sealed class BrowserSecretTests
{
    private static readonly LoginId login = new(KnownIds.Number(7));

    [Fact]
    public void Any_replica_makes_the_same_of_the_cookie()
    {
        var secret = BrowserSecret.New();
        var again = BrowserSecret.Read(secret.Cookie).ShouldNotBeNull();

        again.Digest.ShouldBe(secret.Digest);
        again.Verifier(login).ShouldBe(secret.Verifier(login));
        again.Nonce(login).ShouldBe(secret.Nonce(login));
        again.IsStateOf(login, secret.State(login)).ShouldBeTrue();
        again.Code(login).ShouldBe(secret.Code(login));
    }

    [Fact]
    public void What_is_made_of_it_tells_nothing_of_the_rest()
    {
        var secret = BrowserSecret.New();
        string[] made = [secret.Cookie, secret.Digest, secret.State(login)[32..], secret.Nonce(login), secret.Verifier(login), secret.Challenge(login)];

        made.ShouldBeUnique();
        secret.Nonce(new LoginId(KnownIds.Number(8))).ShouldNotBe(secret.Nonce(login));
        BrowserSecret.New().IsStateOf(login, secret.State(login)).ShouldBeFalse();
    }

    [Fact]
    public void A_code_has_eight_digits() => BrowserSecret.New().Code(login).ShouldMatch("^[0-9]{8}$");

    [Theory, InlineData(null), InlineData(""), InlineData("short"), InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void What_is_no_cookie_of_ours_is_none(string? cookie) => BrowserSecret.Read(cookie).ShouldBeNull();
}
