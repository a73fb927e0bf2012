using System.Net;
using ChatGovernance.TestSupport;
using Microsoft.Extensions.Options;
using static ChatGovernance.Bot.Tests.Slack.SignedCalls;

namespace ChatGovernance.Bot.Tests.Slack;

public sealed class SlackModuleTests
{
    private readonly ManualClock clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Slack:SigningSecret", null, "Slack:SigningSecret is missing")]
    [InlineData("Slack:SigningSecret", " ", "Slack:SigningSecret is missing")]
    [InlineData("Slack:BotToken", "xapp-1", "Slack:BotToken is not")]
    [InlineData("Slack:BotToken", "xoxb-ä", "Slack:BotToken is not")]
    [InlineData("Slack:AppToken", "xoxb-1", "Slack:AppToken is not")]
    [InlineData("Slack:AppToken", "xapp-ä", "Slack:AppToken is not")]
    [InlineData("Slack:SocketConnections", "0", "Slack:SocketConnections must")]
    [InlineData("Slack:SocketConnections", "11", "Slack:SocketConnections must")]
    [InlineData("Slack:ApiUrl", "slack.com/api", "Slack:ApiUrl is not")]
    [InlineData("Slack:AuditChannel", null, "Slack:AuditChannel is missing")]
    [InlineData("Slack:AuditChannel", "audit", "Slack:AuditChannel is neither")]
    [InlineData("Slack:Workspaces", "T1,nobody", "Slack:Workspaces holds")]
    public async Task A_setting_that_is_missing_or_malformed_stops_the_start_with_one_line_that_names_it(string key, string? value, string said)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(RunningBot.Start(null, clock, Ct, (key, value)));

        failure.Message.ShouldStartWith(said);
        failure.Message.ShouldNotContain('\n');
        failure.Message.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Secrets_also_come_from_files()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"{Secret}\n", Ct);
        await using var bot = await RunningBot.Start(null, clock, Ct, ("Slack:SigningSecret", null), ("Slack:SigningSecretFile", file));

        (await Sends(bot)).ShouldBe(HttpStatusCode.OK);
        File.Delete(file);
    }

    [Fact]
    public async Task Without_a_bot_token_Slack_is_off()
    {
        await using var bot = await RunningBot.Start(null, clock, Ct, ("Slack:BotToken", null), ("Slack:AuditChannel", null));

        (await Sends(bot)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task With_an_app_token_and_no_signing_secret_the_routes_are_not_there()
    {
        await using var bot = await RunningBot.Start(null, clock, Ct, ("Slack:AppToken", "xapp-1"), ("Slack:SigningSecret", null));

        (await Sends(bot)).ShouldBe(HttpStatusCode.NotFound);
        bot.Inbox.Offered.ShouldBe(0);
    }

    [Fact]
    public async Task With_both_Slack_may_deliver_by_HTTP()
    {
        await using var bot = await RunningBot.Start(null, clock, Ct, ("Slack:AppToken", "xapp-1"));

        (await Sends(bot)).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> Sends(RunningBot bot)
    {
        using var request = Signed("slack/commands", Command("prod"), clock.GetUtcNow());
        using var response = await bot.Http.SendAsync(request, Ct);
        return response.StatusCode;
    }
}
