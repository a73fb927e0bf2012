using System.Security.Cryptography;
using System.Text;
using ChatGovernance.Bot.Login;
using ChatGovernance.Core.Logins;
using ChatGovernance.Core.People;
using ChatGovernance.TestSupport.Builders;

namespace ChatGovernance.Bot.Tests.Login;

public sealed class LoginPagesTests
{
    private static readonly Core.Logins.Login login = new()
    {
        Id = new LoginId(KnownIds.Number(7)),
        Account = new ChatAccount(ChatPlatform.Slack, "T1", "U1"),
        AccountName = "<script>alert(1)</script>",
        Workspace = "A & \"B\"",
        Purpose = new LoginPurpose.Link(),
        ExpiresAt = Some.Now,
        State = new LoginState.Offered(),
    };

    public static TheoryData<LoginTrouble> Troubles => [.. Enum.GetValues<LoginTrouble>()];

    [Fact]
    public void What_people_wrote_is_shown_and_never_read_as_markup()
    {
        var page = LoginPages.Ask(login);

        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        page.ShouldContain("A &amp; &quot;B&quot;");
        page.ShouldContain("slack:T1/U1");
        page.ShouldNotContain("<script");
    }

    [Fact]
    public void The_policy_lets_in_the_one_style_and_nothing_else()
    {
        var page = LoginPages.Ask(login);
        var style = page.Split("<style>")[1].Split("</style>")[0];

        LoginPages.Policy.ShouldContain($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'");
        page.ShouldNotContain("style=");
        page.ShouldNotContain("src=");
        page.ShouldNotContain("onclick");
    }

    [Fact]
    public void The_code_is_shown_as_it_is_typed() =>
        LoginPages.Code(login, new LoginState.LoggedIn("b", Some.Alice, "alice", "c", 0), "12345678").ShouldContain("/request-access link 1234-5678");

    [Theory, MemberData(nameof(Troubles))]
    public void Every_trouble_has_its_words(LoginTrouble why) => LoginPages.Trouble(why, "/link/x", null).ShouldContain("<p>");
}
