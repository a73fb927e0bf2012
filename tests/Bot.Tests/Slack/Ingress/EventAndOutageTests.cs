using System.Net;
using System.Text;
using ChatGovernance.Core.Work;
using static ChatGovernance.Bot.Tests.Slack.SignedCalls;

namespace ChatGovernance.Bot.Tests.Slack.Ingress;

public sealed class EventAndOutageTests : IngressTest
{
    [Fact]
    public async Task The_event_url_is_confirmed_with_its_challenge()
    {
        (await Sends("slack/events", Encoding.UTF8.GetBytes("""{"type":"url_verification","challenge":"3eZbrw1a","token":"x"}"""))).ShouldBe("""{"challenge":"3eZbrw1a"}""");
        Bot.Inbox.Offered.ShouldBe(0);
    }

    [Fact]
    public async Task An_opened_home_is_stored_once_by_its_event_id()
    {
        await Sends("slack/events", HomeOpened("home"));
        await Sends("slack/events", HomeOpened("home"));

        Bot.Inbox.Stored.Count.ShouldBe(1);
        Bot.Read(0).ShouldBe(new Command.ShowHome(Alice));
    }

    [Fact]
    public async Task Other_events_are_answered_and_counted()
    {
        await Sends("slack/events", HomeOpened("messages"));
        await Sends("slack/events", Encoding.UTF8.GetBytes("""{"type":"event_callback","event_id":"Ev2","team_id":"T0000001","event":{"type":"team_join","user":{"id":"U1"}}}"""));

        Bot.Inbox.Offered.ShouldBe(0);
        Bot.Counted.Ignored("slack/events").ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_database_events_and_clicks_are_put_off_and_people_are_told()
    {
        Bot.Inbox.Trouble = new InvalidOperationException("database is away");

        await Sends("slack/events", HomeOpened("home"), HttpStatusCode.ServiceUnavailable);
        await Sends("slack/interactions", Payload(Click("approve", RequestText)), HttpStatusCode.ServiceUnavailable);
        (await Sends("slack/commands", Command("prod"))).ShouldContain("try again");
        var form = await Submits("1.1", Target, "8h", "Looking into the failed backup");
        form["response_action"]!.GetValue<string>().ShouldBe("errors");
        form["errors"]!["target"]!.GetValue<string>().ShouldContain("try again");
        (await Sends("slack/interactions", Payload(Submission("deny", $"{FormText} {RequestText}", [])))).ShouldContain("try again");

        Bot.Inbox.Woken.ShouldBe(0);
        Bot.Counted.Refused("slack/interactions", "not-stored").ShouldBe(3);

        Bot.Inbox.Trouble = null;
        (await Submits("1.2", Target, "8h", "Looking into the failed backup")).ToJsonString().ShouldBe("""{"response_action":"clear"}""");
    }
}
