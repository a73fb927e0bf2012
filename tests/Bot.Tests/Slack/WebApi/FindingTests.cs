using ChatGovernance.Core.Chat;

namespace ChatGovernance.Bot.Tests.Slack.WebApi;

public sealed class FindingTests : SlackChatTest
{
    [Fact]
    public async Task What_an_uncertain_post_left_is_found_by_its_key()
    {
        var attempt = new Attempt(Key, Clock.GetUtcNow());
        Workspace.Faults.LostAnswer("chat.postMessage");
        await Chat.Post(To(Alice), null, Hello, Key, Ct);
        Alice.Says(Alice.Direct.Id, "what is this?");
        await Posted(To(Alice), key: Guid.Empty);

        var left = Workspace.Messages[0];
        Places(await Chat.Find(To(Alice), null, attempt, Ct)).ShouldBe([new ChatPlace(left.ChannelId, left.Ts)]);
    }

    [Fact]
    public async Task Twins_are_found_oldest_first_in_a_thread_and_over_pages()
    {
        var attempt = new Attempt(Key, Clock.GetUtcNow());
        var root = await Posted(Audit, key: Guid.Empty);
        var first = await Posted(Audit, thread: root);
        foreach (var _ in Enumerable.Range(0, 250))
            Alice.Says(root.Conversation, "chatter", root.Message);
        var twin = await Posted(Audit, thread: root);

        Places(await Chat.Find(Audit, root, attempt, Ct)).ShouldBe([first, twin]);
        Places(await Chat.Find(Audit, null, attempt, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_posted_long_before_the_attempt_is_not_it()
    {
        await Posted(To(Alice));
        Clock.Advance(TimeSpan.FromHours(1));

        Places(await Chat.Find(To(Alice), null, new Attempt(Key, Clock.GetUtcNow()), Ct)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("internal_error", typeof(Search.Later))]
    [InlineData("missing_scope", typeof(Search.Later))]
    [InlineData("not_in_channel", typeof(Search.CannotLook))]
    [InlineData("something_new", typeof(Search.CannotLook))]
    public async Task Where_it_cannot_be_looked_it_says_so(string code, Type outcome)
    {
        Workspace.Faults.Refused(code, "conversations.history");
        (await Chat.Find(To(Alice), null, new Attempt(Key, Clock.GetUtcNow()), Ct)).ShouldBeOfType(outcome);
    }

    [Fact]
    public async Task Slack_that_does_not_answer_is_asked_later()
    {
        Workspace.Faults.Dropped("conversations.history");
        (await Chat.Find(To(Alice), null, new Attempt(Key, Clock.GetUtcNow()), Ct)).ShouldBeOfType<Search.Later>();
        Workspace.Faults.RateLimited(TimeSpan.FromSeconds(7), "conversations.history");
        (await Chat.Find(To(Alice), null, new Attempt(Key, Clock.GetUtcNow()), Ct)).ShouldBe(new Search.Later(TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public async Task A_thread_without_its_root_holds_nothing()
    {
        var root = await Posted(Audit);
        await Chat.Delete(root, Ct);

        Places(await Chat.Find(Audit, root, new Attempt(Key, Clock.GetUtcNow()), Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_posted_beside_a_thread_that_is_gone_is_found_there()
    {
        var attempt = new Attempt(Key, Clock.GetUtcNow());
        var root = await Posted(Audit, key: Guid.Empty);
        var beside = await Posted(Audit);
        await Chat.Delete(root, Ct);

        Places(await Chat.Find(Audit, root, attempt, Ct)).ShouldBe([beside]);
    }

    private static IReadOnlyList<ChatPlace> Places(Search search) => search.ShouldBeOfType<Search.Found>().Places;
}
