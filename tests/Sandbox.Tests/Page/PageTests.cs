using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.Sandbox.Tests.Slack;
using ChatGovernance.TestSupport;
using static ChatGovernance.Sandbox.Tests.Slack.Block;

namespace ChatGovernance.Sandbox.Tests.Page;

public sealed class PageTests : BotTest
{
    private readonly HttpClient _browser = new(new SocketsHttpHandler());

    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "src/Sandbox/Page/Assets")).Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_page_is_served_and_loads_nothing_from_elsewhere(string file)
    {
        using HttpResponseMessage response = await _browser.GetAsync(new Uri(Workspace.Url, file == "index.html" ? "" : $"page/{file}"), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self'");
        string text = await response.Content.ReadAsStringAsync(Ct);
        text.ShouldNotContain("innerHTML");
        text.ShouldNotContain("insertAdjacentHTML");
        text.ShouldNotContain("outerHTML");
        text.ShouldNotContain("document.write");
        text.ShouldNotContain("//cdn");
        text.Replace("http://www.w3.org/2000/svg", "").ShouldNotContain("http://");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_found() =>
        (await _browser.GetAsync(new Uri(Workspace.Url, "page/realm.json"), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Each_person_gets_their_own_state()
    {
        await Api("chat.postEphemeral", new JsonObject { ["channel"] = General, ["user"] = "U0000001", ["text"] = "psst" });
        await Post("U0000002", "hello Bob");
        JsonObject alice = await State("U0000001"), bob = await State("U0000002");
        alice.Texts().ShouldBe(["psst"]);
        bob.Texts().ShouldBe(["hello Bob"]);
        alice["people"]!.AsArray().Single(p => p!["id"]!.GetValue<string>() == "U0000002")!["inbox"]!.AsArray().Count.ShouldBe(1);
        (await _browser.GetAsync(new Uri(Workspace.Url, "ui/state?person=U0404"), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_form_that_another_page_could_post_is_refused()
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("person", "U0000001")]);
        (await _browser.PostAsync(new Uri(Workspace.Url, "ui/home"), content, Ct)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_line_is_a_command_or_something_said()
    {
        await Do("say", new { person = "U0000001", channel = General, text = "hello <b>all</b>" });
        Workspace.Messages.ShouldHaveSingleItem().Text.ShouldBe("hello <b>all</b>");
        await Do("say", new { person = "U0000001", channel = General, text = "/request-access prod" });
        Last.Form["text"].ShouldBe("prod");
    }

    [Fact]
    public async Task A_button_of_a_message_and_of_the_home_tab_can_be_pressed()
    {
        SlackMessage card = await Card(General, Actions(Button("Approve", "approve", "r1")));
        await Do("act", new { person = "U0000002", channel = General, ts = card.Ts, block = card.Buttons[0].BlockId, action = "approve" });
        Last.Payload["actions"]![0]!["value"]!.GetValue<string>().ShouldBe("r1");
        await Do("home", new { person = "U0000002" });
        await Api("views.publish", new JsonObject { ["user_id"] = "U0000002", ["view"] = Home(Actions(Button("End", "end", "g1")).With("block_id", "b")) });
        await Do("act", new { person = "U0000002", view = Bob.Home!.Id, block = "b", action = "end" });
        Last.Payload["actions"]![0]!["value"]!.GetValue<string>().ShouldBe("g1");
    }

    [Fact]
    public async Task A_button_that_is_gone_reaches_nobody()
    {
        SlackMessage card = await Card(General, Actions(Button("Approve", "approve")));
        int before = Bot.Inbox.Count;
        JsonNode answer = await Do("act", new { person = "U0000002", channel = General, ts = card.Ts, block = "other", action = "approve" });
        answer["trouble"]!.GetValue<string>().ShouldBe("gone");
        Bot.Inbox.Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_modal_is_filled_and_sent()
    {
        OpenModal modal = await Open(Alice, Modal(Input("justification", TextInput("text"))).With("private_metadata", "secret"));
        JsonNode shown = (await State("U0000001"))["modal"]!;
        shown["id"]!.GetValue<string>().ShouldBe(modal.Id);
        shown["private_metadata"].ShouldBeNull();
        JsonNode empty = await Do("submit", new { person = "U0000001", view = modal.Id, values = new { justification = (string?)null } });
        empty["errors"]!["justification"]!.GetValue<string>().ShouldBe("Please complete this required field.");
        JsonNode sent = await Do("submit", new { person = "U0000001", view = modal.Id, values = new { justification = "an incident" } });
        sent["closed"]!.GetValue<bool>().ShouldBeTrue();
        Last.Payload["view"]!["state"]!["values"]!["justification"]!["text"]!["value"]!.GetValue<string>().ShouldBe("an incident");
    }

    [Fact]
    public async Task A_change_is_told_at_once()
    {
        using Stream changes = await _browser.GetStreamAsync(new Uri(Workspace.Url, "ui/changes"), Ct);
        using var reader = new StreamReader(changes);
        long before = Workspace.State.Version;
        await Post(General, "hello");
        string? line;
        do line = await reader.ReadLineAsync(Ct);
        while (line is not null && !(line.StartsWith("data: ", StringComparison.Ordinal) && long.Parse(line[6..], System.Globalization.CultureInfo.InvariantCulture) > before));
        line.ShouldNotBeNull();
    }

    public override async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await base.DisposeAsync();
    }

    private async Task<JsonObject> State(string person) =>
        (await _browser.GetFromJsonAsync<JsonObject>(new Uri(Workspace.Url, $"ui/state?person={person}"), Ct))!;

    private async Task<JsonNode> Do(string what, object body)
    {
        using HttpResponseMessage response = await _browser.PostAsJsonAsync(new Uri(Workspace.Url, $"ui/{what}"), body, Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Ct))!;
    }
}
