using ChatGovernance.Bot.Slack.Socket;

namespace ChatGovernance.Bot.Tests.Slack.Socket;

public sealed class AddressTests
{
    [Theory]
    [InlineData("wss://wss-primary.slack.com/link/?ticket=1&app_id=2", true)]
    [InlineData("ws://127.0.0.1:4000/link?ticket=1", true)]
    [InlineData("ws://[::1]:4000/link", true)]
    [InlineData("ws://localhost/link", true)]
    [InlineData("ws://wss-primary.slack.com/link", false)]
    [InlineData("https://wss-primary.slack.com/link", false)]
    [InlineData("link?ticket=1", false)]
    [InlineData("", false)]
    public void Only_an_encrypted_connection_is_made_except_on_this_machine(string url, bool isMade) => (SocketOpener.Address(url) is not null).ShouldBe(isMade);
}
