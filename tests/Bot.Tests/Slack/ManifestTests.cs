using System.Reflection;
using ChatGovernance.Bot.Slack;
using ChatGovernance.Bot.Slack.WebApi;
using ChatGovernance.TestSupport;
using RestEase;
using YamlDotNet.RepresentationModel;

namespace ChatGovernance.Bot.Tests.Slack;

/// <summary>The app that the manifest makes can do what the code does, and no more.</summary>
public sealed class ManifestTests
{
    /// <summary>
    /// Scopes of each method for a bot token, as its page below https://docs.slack.dev/reference/methods lists them; where a page
    /// lists one for each kind of conversation, those of the kinds that are used.
    /// </summary>
    private static readonly Dictionary<string, string[]> scopesOf = new()
    {
        ["auth.test"] = [],
        // With the app-level token, whose own scope the manifest cannot give: connections:write
        ["apps.connections.open"] = [],
        ["chat.postMessage"] = ["chat:write"],
        ["chat.update"] = ["chat:write"],
        ["chat.delete"] = ["chat:write"],
        ["conversations.open"] = ["im:write"],
        ["conversations.join"] = ["channels:join"],
        ["conversations.info"] = ["channels:read", "groups:read"],
        ["conversations.list"] = ["channels:read", "groups:read"],
        ["conversations.history"] = ["channels:history", "groups:history", "im:history"],
        ["conversations.replies"] = ["channels:history", "groups:history", "im:history"],
        // The address in users.info needs its own scope: https://docs.slack.dev/reference/scopes/users.read.email
        ["users.info"] = ["users:read", "users:read.email"],
        ["users.lookupByEmail"] = ["users:read.email"],
        ["views.open"] = [],
        ["views.update"] = [],
        ["views.publish"] = [],
    };

    /// <summary>All that the contract (settings, endpoints, commands) lets the bot call.</summary>
    private static readonly string[] allowed =
    [
        "auth.test", "chat.postMessage", "chat.update", "chat.delete", "chat.postEphemeral", "conversations.open", "conversations.list", "conversations.info",
        "conversations.join", "conversations.history", "conversations.replies", "views.open", "views.update", "views.push", "views.publish", "users.info",
        "users.lookupByEmail", "apps.connections.open",
    ];

    private static readonly YamlMappingNode manifest = Load();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Its_scopes_are_those_of_the_methods_that_are_called_and_of_commands()
    {
        var called = typeof(ISlackApi).GetMethods().Select(method => method.GetCustomAttribute<PostAttribute>()!.Path!).ToList();

        called.ShouldBe(scopesOf.Keys, ignoreOrder: true);
        called.ShouldBeSubsetOf(allowed);
        // https://docs.slack.dev/reference/scopes/commands
        SlackScopes.Needed.ShouldBe(Texts("oauth_config", "scopes", "bot"));
        Texts("oauth_config", "scopes", "bot").ShouldBe(called.SelectMany(method => scopesOf[method]).Append("commands").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Its_URLs_are_the_routes_of_the_bot()
    {
        await using var bot = await RunningBot.Start(null, new ManualClock(), Ct);
        string[] urls =
        [
            .. Commands().Select(command => Text(command["url"])),
            Text(At("settings", "event_subscriptions", "request_url")),
            Text(At("settings", "interactivity", "request_url")),
            Text(At("settings", "interactivity", "message_menu_options_url")),
        ];

        urls.ShouldAllBe(url => url.StartsWith("https://bot.example.org/"));
        urls.Select(url => new Uri(url).AbsolutePath.TrimStart('/')).ShouldBe(bot.Routes, ignoreOrder: true);
    }

    [Fact]
    public void It_is_for_HTTP_until_Socket_Mode_is_switched_on() => Text(At("settings", "socket_mode_enabled")).ShouldBe("false");

    [Fact]
    public void Its_command_is_the_one_that_messages_name() =>
        Commands().Select(command => Text(command["command"])).ShouldBe(["/request-access"]);

    [Fact]
    public void It_asks_for_the_one_event_that_is_read_and_shows_the_home()
    {
        Texts("settings", "event_subscriptions", "bot_events").ShouldBe(["app_home_opened"]);
        Text(At("features", "app_home", "home_tab_enabled")).ShouldBe("true");
        Text(At("settings", "interactivity", "is_enabled")).ShouldBe("true");
    }

    private static IEnumerable<YamlMappingNode> Commands() => ((YamlSequenceNode)At("features", "slash_commands")).Cast<YamlMappingNode>();

    private static YamlNode At(params IEnumerable<string> path) => path.Aggregate((YamlNode)manifest, (node, name) => node[name]);

    private static IEnumerable<string> Texts(params IEnumerable<string> path) => ((YamlSequenceNode)At(path)).Select(Text);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static YamlMappingNode Load()
    {
        using var file = File.OpenText(Path.Combine(RepositoryFolder.Path, "manifests", "slack-app.yaml"));
        var yaml = new YamlStream();
        yaml.Load(file);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
