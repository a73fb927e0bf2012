using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatGovernance.Bot.Tests.Chat;
using ChatGovernance.Bot.Tests.Slack.WebApi;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Work;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Bot.Tests.Slack.Rendering;

/// <summary>What is drawn is taken by a workspace that refuses what Slack refuses, and is what the golden files say.</summary>
public sealed class DrawingTests : SlackChatTest
{
    public static TheoryData<string> Messages => [.. Samples.Messages.Keys];

    public static TheoryData<string> Extremes => [.. Samples.Extremes.Keys];

    public static TheoryData<string> Forms => [.. Samples.Forms.Keys];

    public static TheoryData<string> Homes => [.. Samples.Homes.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_is_drawn_as_its_golden_file_says(string name)
    {
        var place = await Posted(To(Alice), Samples.Messages[name]);
        (await Chat.Update(place, Samples.Messages[name], Ct)).ShouldBe(new Sent.Done(place));

        var posted = Call("chat.postMessage");
        Pick(posted, "text", "blocks").ShouldMatchGolden(name, Here());
        Call("chat.update")["blocks"].ShouldBe(posted["blocks"]);
    }

    [Theory]
    [MemberData(nameof(Extremes))]
    public async Task Nothing_that_people_write_makes_a_message_that_Slack_refuses(string name)
    {
        var place = await Posted(To(Alice), Samples.Extremes[name]);

        (await Chat.Update(place, Samples.Extremes[name], Ct)).ShouldBe(new Sent.Done(place));
    }

    [Fact]
    public async Task What_people_wrote_is_plain_text_as_they_wrote_it()
    {
        await Posted(To(Alice), Samples.Extremes["hostile"]);

        var call = Call("chat.postMessage");
        foreach (var markup in Markup(call.Arguments.GetProperty("blocks")))
            markup.ShouldBe("&lt;!everyone&gt;\n<!date^1799053200^{date_short_pretty} {time}|2027-01-04 09:00 UTC>");
        call["text"]!.ShouldNotContain('<');
        call["mrkdwn"].ShouldBe("false");
        // Slack shows &amp; as &, so what was typed as an entity is sent as one more.
        Workspace.Messages[0].AllText.ShouldContain("<!channel> & <!subteam^S1> &amp;amp; &amp;amp;amp; *bold* :skull:");
    }

    [Fact]
    public async Task A_message_with_too_much_in_it_keeps_its_buttons_and_says_that_something_is_missing()
    {
        await Posted(To(Alice), Samples.Extremes["long"]);

        var message = Workspace.Messages[0];
        message.Blocks.GetArrayLength().ShouldBe(50);
        message.Buttons.Count.ShouldBe(60);
        message.AllText.ShouldContain("there is no room for");
    }

    [Fact]
    public async Task An_approvers_copy_shows_target_and_requester_and_carries_nothing_but_the_requests_id()
    {
        await Posted(To(Alice), Samples.Messages["decide-pending"]);

        var message = Workspace.Messages[0];
        message.AllText.ShouldContain("/production/database-readers");
        message.AllText.ShouldContain("Alice Adams");
        message.Buttons.Select(button => (button.Text, button.ActionId, button.Value, button.Style)).ShouldBe(
        [
            ("Approve", "approve", "11111111222233334444555555555555", "primary"),
            ("Deny", "deny", "11111111222233334444555555555555", "danger"),
            ("Shorten", "shorten", "11111111222233334444555555555555", null),
            ("Ask", "question", "11111111222233334444555555555555", null),
        ]);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_is_drawn_as_its_golden_file_says(string name)
    {
        var shown = await Chat.OpenForm(await Trigger(), Samples.Forms["form-skeleton"], Ct);
        var view = shown.ShouldBeOfType<FormShown.Done>().View;
        (await Chat.UpdateForm(view, Samples.Forms[name], Ct)).ShouldBe(new FormShown.Done(view));

        Pick(Call("views.update"), "view").ShouldMatchGolden(name, Here());
    }

    [Theory]
    [MemberData(nameof(Homes))]
    public async Task A_home_is_drawn_as_its_golden_file_says(string name)
    {
        (await Chat.ShowHome(Account(Alice), Samples.Homes[name], null, Ct)).ShouldBeOfType<Sent.Done>();

        Pick(Call("views.publish"), "view").ShouldMatchGolden(name, Here());
        Alice.Home!.Blocks.GetArrayLength().ShouldBeLessThanOrEqualTo(100);
        Alice.Home.AllText.ShouldContain("What you asked for");
        Alice.Home.AllText.ShouldNotContain("there is no room for");
    }

    [Fact]
    public async Task A_form_that_is_drawn_again_keeps_what_was_written_and_forgets_a_length_that_is_no_longer_offered()
    {
        var view = (await Chat.OpenForm(await Trigger(), Samples.Forms["form-empty"], Ct)).ShouldBeOfType<FormShown.Done>().View;
        var modal = Alice.Modal!;
        modal.Writes("justification", "Looking into the failed backup");
        await modal.Picks("duration", "30 days", Ct);

        await Chat.UpdateForm(view, Samples.Forms["form-ticket"], Ct);

        modal.ValueOf("justification").ShouldBe("Looking into the failed backup");
        modal.ValueOf("duration").ShouldBe("30m");
    }

    [Fact]
    public async Task A_trigger_that_was_used_or_is_too_old_opens_nothing()
    {
        var trigger = await Trigger();
        await Chat.OpenForm(trigger, Samples.Forms["form-skeleton"], Ct);
        (await Chat.OpenForm(trigger, Samples.Forms["form-skeleton"], Ct)).ShouldBe(new FormShown.Gone("exchanged_trigger_id"));

        var late = await Trigger();
        Clock.Advance(TimeSpan.FromSeconds(4));
        (await Chat.OpenForm(late, Samples.Forms["form-skeleton"], Ct)).ShouldBe(new FormShown.Gone("expired_trigger_id"));
        (await Chat.UpdateForm("V404", Samples.Forms["form-skeleton"], Ct)).ShouldBe(new FormShown.Gone("not_found"));
    }

    /// <summary>Typed by Alice, taken by the bot's own ingress.</summary>
    private async Task<string> Trigger()
    {
        (await Alice.Types("/request-access", Ct)).Error.ShouldBeNull();
        return Bot.Read(Bot.Inbox.Stored.Count - 1).ShouldBeOfType<Command.OpenRequestForm>().Trigger;
    }

    private SlackCall Call(string method)
    {
        var call = Workspace.Calls.Last(made => made.Method == method);
        call.Error.ShouldBeNull();
        return call;
    }

    private static JsonElement Pick(SlackCall call, params IEnumerable<string> names) =>
        JsonSerializer.SerializeToElement(names.ToDictionary(name => name, name => call.Arguments.GetProperty(name)));

    private static IEnumerable<string> Markup(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Array => node.EnumerateArray().SelectMany(Markup),
        JsonValueKind.Object when node.TryGetProperty("type", out var type) && type.ValueEquals("mrkdwn") => [node.GetProperty("text").GetString()!],
        JsonValueKind.Object => node.EnumerateObject().SelectMany(member => Markup(member.Value)),
        _ => [],
    };

    // The golden files lie beside the adapter's tests, not beside each class.
    private static string Here([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(source))!, "x");
}
