using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack.People;
using static ChatGovernance.Sandbox.Tests.Slack.Block;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class ViewTests : BotTest
{
    public static TheoryData<string, Func<JsonObject, int, JsonObject>, int, string> Lengths { get; } = new()
    {
        { "title", (v, n) => v.With("title", Plain(Text(n))), 24, "/view/title/text" },
        { "submit", (v, n) => v.With("submit", Plain(Text(n))), 24, "/view/submit/text" },
        { "close", (v, n) => v.With("close", Plain(Text(n))), 24, "/view/close/text" },
        { "private_metadata", (v, n) => v.With("private_metadata", Text(n)), 3000, "/view/private_metadata" },
        { "callback_id", (v, n) => v.With("callback_id", Text(n)), 255, "/view/callback_id" },
        { "external_id", (v, n) => v.With("external_id", Text(n)), 255, "/view/external_id" },
    };

    public static TheoryData<string, JsonObject, string> Wrong { get; } = new()
    {
        { "a home", Home(), "[ERROR] unsupported type: home [json-pointer:/view/type]" },
        { "no title", Modal().With("title", null), "[ERROR] missing required field: title [json-pointer:/view]" },
        { "no blocks", Modal().With("blocks", null), "[ERROR] missing required field: blocks [json-pointer:/view]" },
        { "a field without submit", Modal(Input("i", TextInput("a"))).With("submit", null), "[ERROR] missing required field: submit [json-pointer:/view]" },
        { "an unknown member", Modal().With("color", "red"), "[ERROR] invalid additional property: color [json-pointer:/view]" },
        { "a wrong block", Modal(Section("")), "[ERROR] must be more than 0 characters [json-pointer:/view/blocks/0/text/text]" },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task A_modals_text_may_be_so_long_and_no_longer(string what, Func<JsonObject, int, JsonObject> with, int most, string at)
    {
        (await Open(with(Modal(Section("s")), most + 1))).Problems().ShouldBe([$"[ERROR] must be less than {most + 1} characters [json-pointer:{at}]"], what);
        (await Open(with(Modal(Section("s")), most))).Error().ShouldBeNull(what);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_modal_that_slack_would_not_take_is_refused(string what, JsonObject view, string problem)
    {
        JsonObject answer = await Open((JsonObject)view.DeepClone());
        answer.Error().ShouldBe("invalid_arguments", what);
        answer.Problems().ShouldBe([problem], what);
    }

    [Fact]
    public async Task A_modal_holds_a_hundred_blocks()
    {
        (await Open(Modal([.. Enumerable.Range(0, 101).Select(_ => Section("s"))]))).Problems().ShouldBe(["[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]"]);
        (await Open(Modal([.. Enumerable.Range(0, 100).Select(_ => Section("s"))]))).Error().ShouldBeNull();
        (await Open(Modal([.. Enumerable.Range(0, 100).Select(_ => Section(Text(2900)))]))).Error().ShouldBe("view_too_large");
    }

    [Fact]
    public async Task A_trigger_opens_one_dialog_within_three_seconds()
    {
        string used = await Trigger(), old = await Trigger();
        (await Open(Modal(Section("s")), used)).Error().ShouldBeNull();
        (await Open(Modal(Section("s")), used)).Error().ShouldBe("exchanged_trigger_id");
        (await Open(Modal(Section("s")), "1.2.nonsense")).Error().ShouldBe("invalid_trigger_id");
        Clock.Advance(TimeSpan.FromSeconds(3.001));
        (await Open(Modal(Section("s")), old)).Error().ShouldBe("expired_trigger_id");
    }

    [Fact]
    public async Task A_refused_view_leaves_its_trigger_good()
    {
        string trigger = await Trigger();
        (await Open(Modal(Section("")), trigger)).Error().ShouldBe("invalid_arguments");
        (await Open(Modal(Section("s")), trigger)).Error().ShouldBeNull();
    }

    [Fact]
    public async Task An_update_fills_a_skeleton_and_is_refused_with_an_old_hash()
    {
        JsonObject opened = await Open(Modal(Section("Loading")));
        string id = opened["view"]!["id"]!.GetValue<string>(), hash = opened["view"]!["hash"]!.GetValue<string>();
        OpenModal modal = await Alice.SeesModal(ct: Ct);
        (await Update(id, hash)).Error().ShouldBeNull();
        await modal.Shows(v => v.AllText == "Loaded", ct: Ct);
        (await Update(id, hash)).Error().ShouldBe("hash_conflict");
        (await Update(id, null)).Error().ShouldBeNull();
        await modal.Closes(Ct);
        (await Update(id, null)).Error().ShouldBe("not_found");

        Task<JsonObject> Update(string view, string? of) =>
            Api("views.update", new JsonObject { ["view_id"] = view, ["hash"] = of, ["view"] = Modal(Section("Loaded")) });
    }

    [Fact]
    public async Task An_update_finds_a_view_by_its_external_id_which_is_unique()
    {
        (await Open(Modal(Section("s")).With("external_id", "form-1"))).Error().ShouldBeNull();
        (await Open(Modal(Section("s")).With("external_id", "form-1"))).Error().ShouldBe("duplicate_external_id");
        JsonObject updated = await Api("views.update", new JsonObject { ["external_id"] = "form-1", ["view"] = Modal(Section("t")).With("external_id", "form-1") });
        updated.Error().ShouldBeNull();
        (await Api("views.update", new JsonObject { ["view"] = Modal(Section("t")) })).Problems().ShouldBe(["[ERROR] missing required field: view_id"]);
    }

    [Fact]
    public async Task Three_modals_stand_upon_each_other_and_no_more()
    {
        OpenModal modal = await Open(Alice, Modal(Actions(Button("More", "more"))));
        (await Push()).Error().ShouldBeNull();
        modal = await Alice.SeesModal(v => v.Id != modal.Id, ct: Ct);
        modal.View.PreviousViewId.ShouldBe(modal.View.RootViewId);
        (await Push()).Error().ShouldBeNull();
        (await Push()).Error().ShouldBe("push_limit_reached");
        (await Api("views.push", new JsonObject { ["trigger_id"] = await Trigger(), ["view"] = Modal() })).Error().ShouldBe("not_found");

        async Task<JsonObject> Push()
        {
            await Alice.Modal!.Clicks("More", Ct);
            return await Api("views.push", new JsonObject { ["trigger_id"] = Last.Payload["trigger_id"]!.GetValue<string>(), ["view"] = Modal(Actions(Button("More", "more"))) });
        }
    }

    [Fact]
    public async Task A_home_is_published_for_a_person_and_refused_for_others()
    {
        (await Publish("U0000001", Home(Section("hello")))).Error().ShouldBeNull();
        Alice.Home!.AllText.ShouldBe("hello");
        Bob.Home.ShouldBeNull();
        (await Publish("U0404", Home())).Error().ShouldBe("invalid_arguments");
        (await Publish("U0000001", Modal())).Error().ShouldBe("invalid_arguments");
        JsonObject stale = await Api("views.publish", new JsonObject { ["user_id"] = "U0000001", ["view"] = Home(), ["hash"] = "0.0" });
        stale.Error().ShouldBe("hash_conflict");

        Task<JsonObject> Publish(string user, JsonObject view) => Api("views.publish", new JsonObject { ["user_id"] = user, ["view"] = view });
    }

    private static string Text(int length) => new('a', length);

    private async Task<string> Trigger()
    {
        await Alice.Types("/request-access", Ct);
        return Last.Form["trigger_id"];
    }

    private async Task<JsonObject> Open(JsonObject view) => await Open(view, await Trigger());

    private Task<JsonObject> Open(JsonObject view, string trigger) => Api("views.open", new JsonObject { ["trigger_id"] = trigger, ["view"] = view });
}
