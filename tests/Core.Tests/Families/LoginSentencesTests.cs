using ChatGovernance.Core.Logins;

namespace ChatGovernance.Core.Tests.Families;

public sealed class LoginSentencesTests
{
    public static TheoryData<LoginTrouble> Troubles => [.. Enum.GetValues<LoginTrouble>()];

    [Theory, MemberData(nameof(Troubles))]
    public void Every_trouble_has_its_sentence(LoginTrouble why)
    {
        LoginSentences.For(why).ShouldEndWith(".");
        LoginSentences.For(why).ShouldNotContain("..");
    }

    [Fact]
    public void No_two_troubles_share_a_sentence() => Enum.GetValues<LoginTrouble>().Select(LoginSentences.For).ShouldBeUnique();

    [Theory]
    [InlineData("12345678", "12345678")]
    [InlineData("1234-5678", "12345678")]
    [InlineData(" 1234 5678 ", "12345678")]
    [InlineData("1234–5678", "12345678")]
    [InlineData("1234567", null)]
    [InlineData("123456789", null)]
    [InlineData("1234567a", null)]
    [InlineData("١٢٣٤٥٦٧٨", null)]
    [InlineData("", null)]
    public void A_code_is_eight_digits_however_they_are_grouped(string typed, string? read) => LoginCode.Read(typed).ShouldBe(read);
}
