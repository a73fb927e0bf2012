using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Hosting;
using ChatGovernance.TestSupport.Webhooks;

namespace ChatGovernance.EndToEnd.Tests;

/// <summary>What another program is told of a whole life, by a bot that does not live to see its end.</summary>
public sealed class WebhookTests(WebhookDeployment deployment) : JourneyTest(deployment), IClassFixture<WebhookDeployment>
{
    private WebhookReceiver Receiver => deployment.Receiver;

    [Fact]
    public async Task A_whole_life_arrives_in_order_and_a_bot_that_is_killed_in_between_loses_nothing()
    {
        var (question, _) = await AsksBoth(Alice, "/apps/comet");
        var subject = Subject(question);
        await Until(() => Task.FromResult(TypesOf(subject).Count == 2), "the request to arrive");

        // The outcome has arrived, and the bot dies before it knows.
        var release = new TaskCompletionSource();
        Receiver.Held = release.Task;
        await Presses(Bob, question, "Approve");
        await Until(() => Task.FromResult(TypesOf(subject).Count == 3), "the outcome to arrive");
        await Told(Alice, "Granted: you now have /apps/comet");
        await Deployment.Bot.Kill();
        release.SetResult();
        Receiver.Held = Task.CompletedTask;
        TypesOf(subject).Count.ShouldBe(3);

        await EndsNow(question);
        await Deployment.StartBot(Ct);
        await Until(() => Task.FromResult(TypesOf(subject).Count == 6), "the rest of the life to arrive");
        await Until(async () => (long)(await Deployment.Audit.Ask("SELECT count(*) FROM webhook_events", Ct))! == 0, "nothing to be left");

        TypesOf(subject).ShouldBe(
            ["request.received", "request.pending", "outcome.approved", "grant.active", "end.begun", "end.finished"]);
        var sent = Of(subject);
        sent.ShouldAllBe(one => one.IsSignedWith(WebhookDeployment.Secret, TimeProvider.System.GetUtcNow()));
        var again = sent.GroupBy(one => one.Id).Where(tries => tries.Count() > 1).ShouldHaveSingleItem();
        again.First().Type.ShouldEndWith("outcome.approved");
        again.Select(one => one.Text).Distinct().ShouldHaveSingleItem();

        var doctor = await BotProcess.Run(Deployment.Settings, ["doctor"], Ct);
        doctor.Output.ShouldContain("Webhooks\n  ok       receiver: All has arrived.");
    }

    [Fact]
    public async Task What_was_given_up_is_sent_again_from_the_command_line()
    {
        Receiver.Answers = _ => new WebhookAnswer(410);
        var (question, _) = await AsksBoth(Alice, "/apps/garden");
        var subject = Subject(question);
        await Until(async () => await GivenUp() == 2, "both events to be given up");
        Receiver.Answers = _ => new WebhookAnswer(204);

        (await Resend("--target", "nobody")).ShouldBe((1, "No event for nobody was given up."));
        var (exitCode, output) = await Resend("--event", Of(subject)[0].Id, "--json");
        exitCode.ShouldBe(0, output);
        JsonNode.Parse(output)!["resent"]!.AsArray().ShouldHaveSingleItem()!["event"]!.GetValue<string>().ShouldBe(Of(subject)[0].Id);
        (await Resend()).ShouldBe((0, "receiver: 1 event will be sent again."));
        await Until(async () => await GivenUp() == 0 && Receiver.Taken.Count(one => one.Subject == subject) == 2, "both to arrive");
        (await Resend()).ShouldBe((0, "No event was given up."));

        Task<(int ExitCode, string Output)> Resend(params string[] options) => BotProcess.Run(Deployment.Settings, ["webhooks", "resend", .. options], Ct);

        async Task<long> GivenUp() => (long)(await Deployment.Audit.Ask("SELECT count(*) FROM webhook_events WHERE dead IS NOT NULL", Ct))!;
    }

    private IReadOnlyList<ReceivedWebhook> Of(string subject) => [.. Receiver.Tried.Where(one => one.Subject == subject)];

    private List<string> TypesOf(string subject) => [.. Of(subject).DistinctBy(one => one.Id).Select(one => one.Type["io.chatgovernance.".Length..])];
}
