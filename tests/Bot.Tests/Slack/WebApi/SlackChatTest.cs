using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Sandbox.Slack;
using ChatGovernance.Sandbox.Slack.People;
using ChatGovernance.TestSupport;

namespace ChatGovernance.Bot.Tests.Slack.WebApi;

/// <summary>The production client against a workspace on loopback that refuses what Slack refuses.</summary>
public abstract class SlackChatTest : IAsyncLifetime
{
    protected static readonly Guid Key = new("00000000-0000-0000-0000-00000000abcd");

    protected static readonly ChatMessage Hello = new() { Title = "Hello" };

    private RunningBot bot = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected ManualClock Clock { get; } = new();

    protected SlackWorkspace Workspace { get; private set; } = null!;

    protected IChat Chat => bot.Chat;

    protected static Audience Audit => new Audience.AuditChannel(ChatPlatform.Slack);

    protected SlackPerson Alice => Workspace.Person("alice");

    protected virtual SlackWorkspaceOptions Options => new() { Time = Clock };

    protected virtual (string Key, string? Value)[] Settings => [];

    private protected RunningBot Bot => bot;

    public async ValueTask InitializeAsync()
    {
        Workspace = await SlackWorkspace.StartAsync(Options, Ct);
        bot = await RunningBot.Start(Workspace, Clock, Ct, Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await bot.DisposeAsync();
        await Workspace.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected ChatAccount Account(SlackPerson person) => new(ChatPlatform.Slack, Workspace.TeamId, person.Id);

    protected Audience To(SlackPerson person) => new Audience.Person(Account(person));

    /// <summary>Posts one, later than the pace asks for.</summary>
    protected async Task<ChatPlace> Posted(Audience audience, ChatMessage? message = null, ChatPlace? thread = null, Guid? key = null)
    {
        Clock.Advance(TimeSpan.FromSeconds(2));
        return (await Chat.Post(audience, thread, message ?? Hello, key ?? Key, Ct)).ShouldBeOfType<Sent.Done>().Place;
    }
}
