using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ChatGovernance.Bot.Teams;
using ChatGovernance.Bot.Teams.Connector;
using ChatGovernance.Bot.Teams.Rendering;
using ChatGovernance.Bot.Tests.Chat;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Teams;

namespace ChatGovernance.Bot.Tests.Teams.Rendering;

/// <summary>What is drawn is what the golden files say, and nothing that Teams would refuse.</summary>
public sealed class CardTests
{
    private static readonly CardKey card = new(Subject.Of(new RequestId(new Guid("11111111-2222-3333-4444-555555555555"))), new Audience.Person(new ChatAccount(ChatPlatform.Teams, "tenant", "bob")), CardPurpose.Decide);

    private static readonly CardKey home = new(Subject.Of(new ChatAccount(ChatPlatform.Teams, "tenant", "bob")), new Audience.Person(new ChatAccount(ChatPlatform.Teams, "tenant", "bob")), CardPurpose.Home);

    public static TheoryData<string> Messages => [.. Samples.Messages.Keys];

    public static TheoryData<string> Extremes => [.. Samples.Extremes.Keys];

    public static TheoryData<string> Forms => [.. Samples.Forms.Keys];

    public static TheoryData<string> Homes => [.. Samples.Homes.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_drawn_as_its_golden_file_says(string name)
    {
        var message = Samples.Messages[name];
        Drawn(MessageRenderer.Render(name.StartsWith("note", StringComparison.Ordinal) ? message : message with { Card = card }, null, ["29:bob"]).Card).ShouldMatchGolden(name, Here());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_is_drawn_as_its_golden_file_says(string name) =>
        Drawn(FormRenderer.Render(new ShownForm(Samples.Forms[name], FormSurface.Chat, [new FormOption("group:1", "/demo · group")]))).ShouldMatchGolden(name, Here());

    [Fact]
    public void A_form_with_more_targets_than_one_overlooks_is_drawn_as_its_golden_file_says() => Drawn(FormRenderer.Render(new ShownForm(
        Samples.Forms["form-empty"], FormSurface.Chat, [.. Enumerable.Range(1, TeamsLimits.ChoicesAtAGlance + 1).Select(n => new FormOption($"group:{n}", $"/demo-{n} · group"))])))
        .ShouldMatchGolden("form-many", Here());

    [Fact]
    public void Any_of_ten_thousand_targets_is_found_by_typing_and_keeps_its_title()
    {
        var catalog = FixedCatalog.Only([.. Enumerable.Range(0, 10_000).Select(n => FixedCatalog.Entry($"{n}", $"/demo-{n:00000}"))]);

        TargetChoices.Search(catalog, "demo 09876").ShouldHaveSingleItem().Text.ShouldBe("/demo-09876 · group");
        TargetChoices.Search(catalog, "demo").Count.ShouldBe(15);
        TargetChoices.Of(catalog, "group:9876")[0].Text.ShouldBe("/demo-09876 · group");
    }

    [Theory]
    [MemberData(nameof(Homes))]
    public void A_home_is_drawn_as_its_golden_file_says(string name) => Drawn(HomeRenderer.Render(Samples.Homes[name], home, ["29:bob"]).Card).ShouldMatchGolden(name, Here());

    [Fact]
    public void A_form_that_comes_back_in_the_place_of_a_card_is_drawn_as_its_golden_file_says() => Drawn(FormRenderer.Render(new ShownForm(Samples.Forms["form-deny"], FormSurface.Card, [])
    {
        Card = CardName.Of(card),
        Entered = new FormInput(new Dictionary<string, string> { [Fields.Reason] = "Not <b>today</b>" }),
        Errors = [new FieldError(Fields.Reason, "Say why in 500 characters or less.")],
    })).ShouldMatchGolden("form-back", Here());

    [Fact]
    public void A_dialog_submits_and_knows_no_way_back()
    {
        var dialog = Drawn(FormRenderer.Render(new ShownForm(Samples.Forms["form-ticket"], FormSurface.Dialog, [])));

        CardReader.Buttons(dialog).Select(button => (button.Text, button.Type)).ShouldBe([("Send", "Action.Submit"), ("Show details", "Action.Submit")]);
    }

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Whatever_people_write_fits_into_a_message_and_is_cut_but_not_left_out(string name)
    {
        var message = Samples.Extremes[name];
        var drawn = MessageRenderer.Render(message with { Card = card }, null, [.. Enumerable.Repeat("29:somebody", 100)]);
        var sent = JsonSerializer.SerializeToUtf8Bytes(new OutgoingActivity([new CardAttachment(drawn.Card)]) { Summary = drawn.Summary }, TeamsJson.Sent.OutgoingActivity);

        sent.Length.ShouldBeLessThan(28 * 1024);
        var json = JsonDocument.Parse(sent).RootElement;
        CardRules.Problem(json).ShouldBeNull();
        if (name != "long")
            CardReader.Texts(json.GetProperty("attachments")[0].GetProperty("content")).Count().ShouldBeGreaterThanOrEqualTo(1 + message.Lines.Count(line => line.Trim().Length > 0) + message.Facts.Count);
    }

    [Fact]
    public void What_people_wrote_is_text_as_they_wrote_it()
    {
        var drawn = Drawn(MessageRenderer.Render(
            new ChatMessage
            {
                Title = "<at>Everyone</at> **asks**",
                Lines = ["[click](https://evil.example) <b>now</b> `code`\n- no list\n# no headline", "{{DATE(2027-01-04T09:00:00Z,SHORT)}} {{{TIME(2027-01-04T09:00:00Z)}}}"],
                Facts = [new Fact("Why", "&lt; &amp; _so_"), new Fact("At *once*", DateTimeOffset.UnixEpoch)],
                Small = "1. <script>",
            },
            null, []).Card);

        CardReader.All(drawn).Where(element => CardReader.Type(element) == "TextBlock").ShouldHaveSingleItem().GetProperty("text").GetString()
            .ShouldBe(@"**At \*once\*:** {{DATE(1970-01-01T00:00:00Z,SHORT)}} {{TIME(1970-01-01T00:00:00Z)}}");
        var read = CardReader.Texts(drawn).ToList();
        read.ShouldContain("<at>Everyone</at> **asks**");
        read.ShouldContain("[click](https://evil.example) <b>now</b> `code`");
        read.ShouldContain("- no list");
        read.ShouldContain("Why: &lt; &amp; _so_");
        read.Where(text => text.Contains("{{", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("**At");
    }

    [Fact]
    public void Only_those_who_decide_see_the_buttons_where_people_can_be_shown_different_things()
    {
        var bob = new ChatAccount(ChatPlatform.Teams, "tenant", "bob");
        var message = Samples.Messages["decide-pending"] with { ButtonsFor = [bob] };

        message.SeenBy(bob).Actions.ShouldNotBeEmpty();
        message.SeenBy(null).Actions.ShouldBeEmpty();
        message.SeenBy(bob with { User = "mallory" }).Actions.ShouldBeEmpty();
    }

    private static JsonElement Drawn(AdaptiveCard card)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(card, TeamsJson.Sent.AdaptiveCard);
        bytes.Length.ShouldBeLessThanOrEqualTo(TeamsLimits.CardBytes);
        var drawn = JsonDocument.Parse(Encoding.UTF8.GetString(bytes)).RootElement;
        CardRules.CardProblem(drawn).ShouldBeNull();
        return drawn;
    }

    // The golden files lie beside the adapter's tests, not beside each class.
    private static string Here([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(source))!, "x");
}
