using System.Net;
using System.Text.Json.Nodes;
using ChatGovernance.Sandbox.Slack;

namespace ChatGovernance.Sandbox.Tests.Slack;

public sealed class FaultTests : WorkspaceTest
{
    [Fact]
    public async Task A_rate_limit_answers_429_once_and_does_nothing()
    {
        Workspace.Faults.RateLimited(TimeSpan.FromSeconds(7), "chat.postMessage", General);
        using HttpResponseMessage refused = await Send("chat.postMessage", Hello());
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        Workspace.Messages.ShouldBeEmpty();
        await Post(General, "hello");
        Workspace.Calls.Select(c => c.Error).ShouldBe(["ratelimited", null]);
    }

    [Fact]
    public async Task A_fault_meets_its_own_channel_alone()
    {
        using SlackFault fault = Workspace.Faults.ServerError(channel: General, times: int.MaxValue);
        await Post(Workspace.Channel("access-audit").Id, "hello");
        (await Send("chat.postMessage", Hello())).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await Send("chat.postMessage", Hello())).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        fault.Hits.ShouldBe(2);
    }

    [Fact]
    public async Task A_dropped_call_leaves_nothing_behind()
    {
        Workspace.Faults.Dropped();
        await Should.ThrowAsync<HttpRequestException>(() => Send("chat.postMessage", Hello()));
        Workspace.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_answer_was_taken()
    {
        Workspace.Faults.LostAnswer("chat.postMessage");
        await Should.ThrowAsync<HttpRequestException>(() => Send("chat.postMessage", Hello()));
        Workspace.Messages.ShouldHaveSingleItem().Text.ShouldBe("hello");
    }

    [Fact]
    public async Task A_call_held_after_its_effect_is_taken_without_an_answer_until_it_is_released()
    {
        using SlackFault hold = Workspace.Faults.HeldAfter("chat.postMessage");
        Task<JsonObject> call = Api("chat.postMessage", Hello());
        await hold.Reached;
        Workspace.Messages.Count.ShouldBe(1);
        call.IsCompleted.ShouldBeFalse();
        hold.Release();
        (await call).Error().ShouldBeNull();
    }

    [Fact]
    public async Task A_call_held_before_its_effect_has_none_until_it_is_released()
    {
        using SlackFault hold = Workspace.Faults.HeldBefore("chat.postMessage");
        Task<JsonObject> call = Api("chat.postMessage", Hello());
        await hold.Reached;
        Workspace.Messages.ShouldBeEmpty();
        hold.Release();
        (await call).Error().ShouldBeNull();
        Workspace.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_delayed_call_goes_by_the_workspaces_clock()
    {
        SlackFault delay = Workspace.Faults.Delayed(TimeSpan.FromMinutes(2), "chat.postMessage");
        Task<JsonObject> call = Api("chat.postMessage", Hello());
        await delay.Reached;
        call.IsCompleted.ShouldBeFalse();
        while (!call.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMinutes(2)); // the wait may begin after the fault was reached
            await Task.Yield();
        }
        (await call).Error().ShouldBeNull();
    }

    [Fact]
    public async Task A_refusal_may_be_any_of_slacks_own()
    {
        Workspace.Faults.Refused("account_inactive");
        (await Api("auth.test", [])).Error().ShouldBe("account_inactive");
    }

    private JsonObject Hello() => new() { ["channel"] = General, ["text"] = "hello" };
}
