namespace ChatGovernance.Bot.Slack;

/// <summary>The section <c>Slack</c> of the configuration; the names are part of the contract. Secrets in files are read before it is bound.</summary>
public sealed class SlackOptions
{
    public const string Section = "Slack";

    /// <summary><c>xoxb-…</c>; Slack is on when it is set.</summary>
    public string? BotToken { get; set; }

    /// <summary>What Slack signs its deliveries with.</summary>
    public string? SigningSecret { get; set; }

    /// <summary><c>xapp-…</c>; Socket Mode is on when it is set.</summary>
    public string? AppToken { get; set; }

    /// <summary>
    /// Connections of Socket Mode that this replica keeps open, 1 to 10: an app has 10 at most, all replicas together
    /// (https://docs.slack.dev/apis/events-api/using-socket-mode#multiple).
    /// </summary>
    public int SocketConnections { get; set; } = 2;

    /// <summary>Web API base.</summary>
    public string ApiUrl { get; set; } = "https://slack.com/api/";

    /// <summary>Channel id or <c>#name</c>.</summary>
    public string? AuditChannel { get; set; }

    /// <summary>Team or enterprise ids whose people are served; empty: the token's own.</summary>
    public IList<string> Workspaces { get; set; } = [];

    public bool AllowGuests { get; set; }

    internal bool IsOn => !string.IsNullOrWhiteSpace(BotToken);

    internal bool TakesSockets => !string.IsNullOrWhiteSpace(AppToken);

    /// <summary>Whether Slack delivers by HTTP; otherwise the routes are not there.</summary>
    internal bool TakesHttp => !string.IsNullOrWhiteSpace(SigningSecret);

    /// <summary><c>Slack:Workspaces</c> as one value with commas; a list (<c>Slack:Workspaces:0</c>, …) is bound as any other.</summary>
    internal void AddWorkspaces(IConfigurationSection section)
    {
        foreach (var id in (section[nameof(Workspaces)] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
            Workspaces.Add(id);
    }

    internal Uri ApiBase => new(ApiUrl.EndsWith('/') ? ApiUrl : ApiUrl + "/");
}
