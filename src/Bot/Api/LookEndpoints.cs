using System.Globalization;
using ChatGovernance.Bot.Api.Models;
using ChatGovernance.Core.Inquiries;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Policies;
using ChatGovernance.Core.Policies.Lint;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Bot.Api;

/// <summary>What is offered and why, what was recorded, and what is wrong with the rules: nothing here changes anything.</summary>
internal sealed class LookEndpoints(SeeAccess see, ICatalog catalog)
{
    /// <summary>The best of a search; without one, pages by name.</summary>
    public Answer Targets(HttpRequest request)
    {
        var query = new QueryReader(request, "search", "cursor", "limit");
        var (search, after, limit) = (query.Text("search"), query.Cursor(), query.Limit);
        if (search is not null && after is not null)
            query.Wrong("cursor", "goes with a list, not with a search: a search shows the best");
        if (query.Refused is { } wrong)
            return wrong;

        var current = catalog.Current;
        if (search is not null)
            return Page([.. current.Search(search, limit).Select(Shown.Of)], null);
        var rest = current.Entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => entry.Target.ToString(), StringComparer.Ordinal)
            .Where(entry => after is null || string.CompareOrdinal(PositionOf(entry), after) > 0).Take(limit + 1).ToList();
        return Page([.. rest.Take(limit).Select(Shown.Of)], rest.Count > limit ? Cursors.Write(PositionOf(rest[limit - 1])) : null);

        // A name holds no control character, so the two parts sort as the list does.
        static string PositionOf(CatalogEntry entry) => $"{entry.Name}\u0001{entry.Target}";

        static Answer Page(IReadOnlyList<OfferedTarget> items, string? next) =>
            Answer.Of(StatusCodes.Status200OK, new OfferedTargetList(items) { Next = next }, ApiJson.Default.OfferedTargetList);
    }

    public async Task<Answer> Explain(HttpRequest request, Caller by, CancellationToken ct)
    {
        var query = new QueryReader(request, "person", "resourceType", "resourceId");
        var (person, target) = (query.Text("person"), query.TargetName());
        if (target is null && query.Refused is null)
            query.Wrong("resourceId", "must be there, with resourceType");
        if (query.Refused is { } wrong)
            return wrong;
        return RequestEndpoints.Show(await see.Explain(by.Person, person, target!, ct), lookup => lookup switch
        {
            Lookup<Explanation>.Found found => Answer.Of(StatusCodes.Status200OK, Shown.Of(found.Value), ApiJson.Default.ExplanationShown),
            Lookup<Explanation>.Several several => Problems.For(new Core.Requests.Refusal.SeveralTargets(target!.Text, several.Names)),
            Lookup<Explanation>.Refused refused => Problems.For(refused.Why),
            Lookup<Explanation>.Unknown unknown => Problems.For(unknown.Why),
            _ => Problems.For(new Core.Requests.Refusal.UnknownTarget(target!.Text)),
        });
    }

    public async Task<Answer> Audit(HttpRequest request, Caller by, CancellationToken ct)
    {
        var query = new QueryReader(request, "kind", "subject", "from", "until", "cursor", "limit");
        var asked = new AuditQuery
        {
            Kind = query.Text("kind"),
            Subject = query.Text("subject") is { } subject ? new Subject(subject) : null,
            From = query.Instant("from"),
            Until = query.Instant("until"),
        };
        var after = query.Cursor(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null) ?? 0;
        var limit = query.Limit;
        if (query.Refused is { } wrong)
            return wrong;
        return RequestEndpoints.Show(await see.Audit(by.Person, asked, after, limit, ct), page => Answer.Of(
            StatusCodes.Status200OK,
            new AuditPage([.. page.Items.Select(Shown.Of)]) { Next = page.More ? Cursors.Write(page.Items[^1].Number.ToString(CultureInfo.InvariantCulture)) : null },
            ApiJson.Default.AuditPage));
    }

    public async Task<Answer> AuditHead(HttpRequest request, Caller by, CancellationToken ct) => new QueryReader(request).Refused
        ?? RequestEndpoints.Show(await see.AuditHead(by.Person, ct), head => Answer.Of(StatusCodes.Status200OK, new AuditHeadShown(head.Number, head.Hash), ApiJson.Default.AuditHeadShown));

    public async Task<Answer> Lint(HttpRequest request, Caller by, CancellationToken ct) => new QueryReader(request).Refused
        ?? RequestEndpoints.Show(await see.Lint(by.Person, ct), report => report switch
        {
            LintReport.Read read => Answer.Of(StatusCodes.Status200OK, Shown.Of(read), ApiJson.Default.LintShown),
            LintReport.Unknown unknown => Problems.For(unknown.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
}
