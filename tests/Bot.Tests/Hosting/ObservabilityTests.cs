using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatGovernance.Bot.Hosting;
using ChatGovernance.Infrastructure.Observability;
using ChatGovernance.TestSupport;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using YamlDotNet.RepresentationModel;

namespace ChatGovernance.Bot.Tests.Hosting;

/// <summary>The documentation, the example dashboard and the alerts speak of what the code measures, and of all of it.</summary>
public sealed partial class ObservabilityTests
{
    private static readonly string docs = Path.Combine(RepositoryFolder.Path, "docs");

    [Fact]
    public async Task Every_metric_is_documented_with_its_kind_and_unit_and_no_other()
    {
        var documented = File.ReadLines(Path.Combine(docs, "observability.md")).Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => (row.Groups["name"].Value, row.Groups["kind"].Value, row.Groups["unit"].Value));

        documented.ShouldBe((await Instruments()).Select(instrument => (instrument.Name, KindOf(instrument), UnitOf(instrument))), ignoreOrder: true);
    }

    [Fact]
    public async Task The_dashboard_shows_every_metric_by_the_names_that_Prometheus_gives_them()
    {
        var dashboard = await File.ReadAllTextAsync(Path.Combine(docs, "observability", "dashboard.json"), TestContext.Current.CancellationToken);
        var shown = JsonNode.Parse(dashboard)!["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray()).SelectMany(target => Names((string)target!["expr"]!)).ToHashSet();

        foreach (var names in (await Instruments()).Select(PrometheusNames))
            names.ShouldContain(name => shown.Remove(name), string.Join(" or ", names));
        shown.ExceptWith((await Instruments()).SelectMany(PrometheusNames));
        shown.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_alert_has_words_for_people_and_asks_for_metrics_that_there_are()
    {
        using var text = new StreamReader(Path.Combine(docs, "observability", "alerts.yaml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        var rules = yaml.Documents[0].RootNode["groups"].AllNodes.OfType<YamlMappingNode>().Where(node => node.Children.ContainsKey("alert")).ToList();
        var known = (await Instruments()).SelectMany(PrometheusNames).ToHashSet();

        rules.Count.ShouldBeGreaterThan(5);
        rules.ShouldAllBe(rule => Names(rule["expr"].ToString()).Length > 0 && Names(rule["expr"].ToString()).All(known.Contains));
        rules.ShouldAllBe(rule => rule["annotations"]["summary"].ToString().Length > 0 && rule["annotations"]["description"].ToString().Length > 0);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("http://127.0.0.1:9", true)]
    public async Task Nothing_listens_unless_there_is_an_endpoint(string endpoint, bool listens)
    {
        await using var bot = Build(endpoint);

        (bot.Services.GetService<MeterProvider>() is not null).ShouldBe(listens);
        (bot.Services.GetService<TracerProvider>() is not null).ShouldBe(listens);
        bot.Services.GetServices<ILoggerProvider>().Any(provider => provider.GetType().Namespace!.StartsWith("OpenTelemetry", StringComparison.Ordinal)).ShouldBe(listens);
    }

    private static WebApplication Build(string endpoint) => BotHost.Build(
    [
        $"--{ObservabilityRegistration.EndpointKey}={endpoint}", "--Slack:BotToken=xoxb-test", "--Slack:SigningSecret=secret", "--Slack:AppToken=xapp-1-test", "--Slack:AuditChannel=#audit",
        "--Teams:AppId=app", "--Teams:AppPassword=secret", "--Teams:TenantId=tenant",
        "--Keycloak:Url=http://127.0.0.1:9", "--Keycloak:Realm=demo", "--Keycloak:ClientId=bot", "--Keycloak:ClientSecret=secret", "--Urls=http://127.0.0.1:0",
        $"--ConnectionStrings:ChatGovernance=Data Source={Path.Combine(Path.GetTempPath(), "chatgovernance-never-opened.db")}",
    ]);

    /// <summary>Of every class that has some, made by the bot's own container.</summary>
    private static async Task<IReadOnlyList<Instrument>> Instruments()
    {
        await using var bot = Build("");
        var meters = bot.Services.GetRequiredService<IMeterFactory>();
        var published = new List<Instrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name.StartsWith("ChatGovernance.", StringComparison.Ordinal))
                published.Add(instrument);
        };
        listener.Start();
        foreach (var type in (Type[])[.. typeof(BotHost).Assembly.GetTypes(), .. typeof(Traces).Assembly.GetTypes()])
        {
            if (type.Name.EndsWith("Metrics", StringComparison.Ordinal) && !type.IsAbstract)
                bot.Services.GetRequiredService(type);
        }

        return published;
    }

    private static string KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        Histogram<double> => "histogram",
        ObservableGauge<long> or ObservableGauge<double> => "gauge",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string UnitOf(Instrument instrument) => instrument.Unit!.Trim('{', '}');

    /// <summary>https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics: a unit in braces is left out, others are written out.</summary>
    private static string[] PrometheusNames(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return KindOf(instrument) switch
        {
            "counter" => [$"{name}_total"],
            "histogram" => [$"{name}_bucket", $"{name}_count", $"{name}_sum"],
            _ => [name],
        };
    }

    private static string[] Names(string expression) => [.. Name().Matches(expression).Select(match => match.Value)];

    [GeneratedRegex(@"chatgovernance_[a-z_]+")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| `(?<name>chatgovernance\.[a-z._]+)` \| (?<kind>[a-z]+) \| (?<unit>[a-z]+) \|")]
    private static partial Regex Row();
}
