using System.Reflection;
using System.Text.RegularExpressions;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Grants;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Core.Work;
using ChatGovernance.TestSupport;
using ChatGovernance.TestSupport.Builders;

namespace ChatGovernance.Core.Tests.Webhooks;

/// <summary>Which rows of the audit are told outside, as what, and how much of them.</summary>
public sealed partial class NewsTests
{
    private static readonly string[] kinds = [.. Constants(typeof(AuditKind))];

    [Fact]
    public void Every_type_stands_in_the_list_and_is_told_of_some_row()
    {
        WebhookType.All.ShouldBe(Constants(typeof(WebhookType)).Where(type => type != WebhookType.Prefix), ignoreOrder: true);
        kinds.SelectMany(kind => News.Of(Entry(kind, ("why-code", nameof(EndReason.RemovedOutside)), ("outcome-code", nameof(EndOutcome.KeptAddedOutside)))))
            .Select(news => news.Type).ShouldBe(WebhookType.All, ignoreOrder: true);
    }

    [Fact]
    public void The_documentation_has_every_type_and_no_other() =>
        Documented().Matches(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "webhooks.md"))).Select(match => WebhookType.Prefix + match.Groups[1].Value).Distinct()
            .ShouldBe(WebhookType.All, ignoreOrder: true);

    [Fact]
    public void Only_facts_that_are_named_leave_the_house()
    {
        foreach (var news in kinds.SelectMany(kind => News.Of(Entry(kind, ("grant", "1"), ("why-code", "Expired"), ("a-new-fact", "x"), ("residual", "/somewhere"), ("tokens", "A sentence.")))))
            news.Facts.Select(fact => fact.Key).ShouldBeSubsetOf(["request", "grant", "why"]);
    }

    [Theory]
    [InlineData(AuditKind.GrantEnding, "why-code", nameof(EndReason.RemovedOutside), WebhookType.RemovedOutside)]
    [InlineData(AuditKind.GrantEnded, "outcome-code", nameof(EndOutcome.KeptAddedOutside), WebhookType.AddedOutside)]
    public void A_drift_is_told_beside_the_end(string kind, string fact, string value, string type)
    {
        News.Of(Entry(kind, (fact, value))).Select(news => news.Type).ShouldBe([kind == AuditKind.GrantEnding ? WebhookType.EndBegun : WebhookType.EndFinished, type]);
        News.Of(Entry(kind, (fact, "Expired"))).ShouldHaveSingleItem().Type.ShouldStartWith("io.chatgovernance.end.");
    }

    private static AuditEntry Entry(string kind, params (string Field, string Text)[] facts) => new()
    {
        Kind = kind,
        Subject = Subject.Of(new Core.Requests.RequestId(KnownIds.Number(1))),
        At = Some.Now,
        Facts = facts.ToDictionary(fact => fact.Field, fact => fact.Text),
    };

    [GeneratedRegex(@"`((?:request|outcome|grant|end|drift|audit)\.[a-z-]+)`")]
    private static partial Regex Documented();

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
