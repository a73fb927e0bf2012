using System.Text;
using ChatGovernance.Infrastructure.Webhooks;

namespace ChatGovernance.Infrastructure.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private static readonly byte[] secret = WebhookSecret.Read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!;
    private static readonly byte[] body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset sent = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    /// <summary>The example of the specification (standard-webhooks.md); the provider's own test has it, too.</summary>
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    [Fact]
    public void The_signature_is_the_one_of_the_specifications_own_example() => WebhookSignature.Sign(secret, Id, 1614265330, body).ShouldBe(Signature);

    [Theory]
    [InlineData(0, Signature, null)]
    [InlineData(300, Signature, null)]
    [InlineData(-300, Signature, null)]
    [InlineData(301, Signature, "OutsideWindow")]
    [InlineData(-301, Signature, "OutsideWindow")]
    [InlineData(0, "v1,AAAA v2,whatever " + Signature, null)]
    [InlineData(0, "v1,AAAA", "Forged")]
    [InlineData(0, "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "Forged")]
    [InlineData(0, "", "NotSigned")]
    public void Only_what_one_of_our_secrets_signed_a_short_while_ago_is_taken(int late, string signatures, string? why) =>
        WebhookSignature.Check([secret], Id, "1614265330", signatures, body, sent.AddSeconds(late))?.ToString().ShouldBe(why);

    [Theory]
    [InlineData("", "1614265330")]
    [InlineData(Id, "")]
    [InlineData(Id, "soon")]
    [InlineData(Id, "-1614265330")]
    [InlineData(Id, "99999999999999999999")]
    public void What_lacks_an_id_or_a_time_is_unsigned(string id, string timestamp) =>
        WebhookSignature.Check([secret], id, timestamp, Signature, body, sent).ShouldBe(SignatureFault.NotSigned);

    [Fact]
    public void Another_id_time_or_body_is_forged()
    {
        WebhookSignature.Check([secret], "msg_other", "1614265330", Signature, body, sent).ShouldBe(SignatureFault.Forged);
        WebhookSignature.Check([secret], Id, "1614265331", Signature, body, sent).ShouldBe(SignatureFault.Forged);
        WebhookSignature.Check([secret], Id, "1614265330", Signature, [.. body, 0x20], sent).ShouldBe(SignatureFault.Forged);
    }

    [Fact]
    public void Both_secrets_count_while_one_is_on_its_way_out()
    {
        var next = Encoding.UTF8.GetBytes("the secret that comes after it");
        WebhookSignature.Check([next, secret], Id, "1614265330", Signature, body, sent).ShouldBeNull();
        WebhookSignature.Check([next], Id, "1614265330", Signature, body, sent).ShouldBe(SignatureFault.Forged);
    }
}
