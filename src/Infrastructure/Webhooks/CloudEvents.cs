using System.Globalization;
using System.Text.Json;
using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Infrastructure.Audit;

namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>Writes what happened as CloudEvents 1.0 in structured mode (https://github.com/cloudevents/spec), for each receiver that wants its type.</summary>
/// <param name="source">The realm's, as the provider in Keycloak writes it.</param>
internal sealed class CloudEvents(IReadOnlyList<WebhookTarget> targets, string source) : IWebhookOutbox
{
    public bool IsEmpty => targets.Count == 0;

    public IReadOnlyList<WebhookEvent> Write(IReadOnlyList<AuditRow> rows) => IsEmpty ? [] : [.. rows.SelectMany(Write)];

    private IEnumerable<WebhookEvent> Write(AuditRow row)
    {
        var news = News.Of(row.Entry);
        for (var index = 0; index < news.Count; index++)
        {
            // Number and hash: no other deployment's chain, and no later one of this, has the two together.
            var id = string.Create(CultureInfo.InvariantCulture, $"{row.Number}-{row.ShortHash}{(index == 0 ? "" : $"-{index + 1}")}");
            string? body = null;
            foreach (var target in targets)
            {
                if (!target.Wants(news[index].Type))
                    continue;
                yield return new WebhookEvent
                {
                    Target = target.Name,
                    Subject = row.Entry.Subject,
                    EventId = id,
                    Type = news[index].Type,
                    Number = row.Number,
                    At = row.Entry.At,
                    Body = body ??= Body(id, news[index], row),
                };
            }
        }
    }

    private string Body(string id, News news, AuditRow row)
    {
        var data = new Dictionary<string, string>();
        foreach (var (word, fact) in news.Facts)
            data[JsonNamingPolicy.CamelCase.ConvertName(Pascal(word))] = fact;
        data["auditNumber"] = row.Number.ToString(CultureInfo.InvariantCulture);
        data["auditHash"] = row.ShortHash;
        return JsonSerializer.Serialize(new CloudEvent("1.0", id, source, news.Type, row.Entry.Subject.Value, AuditChain.Instant(row.Entry.At), "application/json", data), CloudEventJson.Default.CloudEvent);
    }

    /// <summary><c>target-name</c> as <c>TargetName</c>.</summary>
    private static string Pascal(string word) => string.Concat(word.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
