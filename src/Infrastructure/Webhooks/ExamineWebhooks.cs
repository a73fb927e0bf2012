using System.Globalization;
using ChatGovernance.Core.Chat;
using ChatGovernance.Core.Health;
using ChatGovernance.Core.Webhooks;
using ChatGovernance.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatGovernance.Infrastructure.Webhooks;

/// <summary>What each receiver has not been told: events that wait, and those that were given up.</summary>
internal sealed class ExamineWebhooks(IDbContextFactory<GovernanceContext> contexts, WebhookTargets targets, TimeProvider time) : IExaminer
{
    /// <summary>A receiver that is only being restarted is back by then.</summary>
    private static readonly TimeSpan usual = TimeSpan.FromMinutes(5);

    public string Part => "Webhooks";

    public async Task<IReadOnlyList<Check>> Examine(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var waiting = await db.WebhookEvents.Where(row => row.DueAt != null).GroupBy(row => row.Target)
            .Select(rows => new Waiting(rows.Key, rows.Count(), rows.Min(row => row.At))).ToDictionaryAsync(rows => rows.Target, ct);
        var dead = await db.WebhookEvents.Where(row => row.DiedAt != null && row.DiedAt >= now - WebhookPolicy.DeadKept).GroupBy(row => row.Target)
            .Select(rows => new Dead(rows.Key, rows.Count(), rows.Min(row => row.Number), rows.Max(row => row.Number))).ToDictionaryAsync(rows => rows.Target, ct);
        var names = targets.Names.Concat(waiting.Keys).Concat(dead.Keys).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
            return [Check.Ok("targets", "None is set up, so nobody is told anything.")];

        var checks = new List<Check>();
        foreach (var name in names)
            checks.Add(Of(name, waiting.GetValueOrDefault(name), dead.GetValueOrDefault(name), await LastOf(db, name, now, ct), now));
        return checks;
    }

    private Check Of(string name, Waiting? waiting, Dead? dead, Last last, DateTimeOffset now)
    {
        var lost = dead is null ? null : $"{Count(dead.Count, "event")} of the last {WebhookPolicy.DeadKept.Days} days never arrived ({Why(last)}; {Rows(dead)}).";
        if (!targets.Names.Contains(name))
        {
            return Check.Warning(
                name, $"It is no longer set up. {(waiting is null ? "" : $"{Count(waiting.Count, "event")} for it will be given up soon. ")}{lost}".TrimEnd(),
                $"If that was not meant, set it up again in Webhooks under the same name{(lost is null ? "." : $"; then {Resend(name)} sends again what was given up.")}");
        }

        if (waiting is not null && now - waiting.Since > usual)
        {
            return Check.Failed(
                name, $"{Count(waiting.Count, "event")} {(waiting.Count == 1 ? "waits" : "wait")}, the oldest for {Sentences.Span(now - waiting.Since)}{(last.Answer is { } answer ? $"; the last answer was {answer}" : "")}.{(lost is null ? "" : $" {lost}")}",
                $"Have its receiver answer with 2xx. Each event is tried for {WebhookPolicy.Lifetime.Days} days after it happened, then it is given up.");
        }

        if (lost is not null)
            return Check.Warning(name, lost, $"{Resend(name)} sends it again. It is kept, and this is said, for {WebhookPolicy.DeadKept.Days} days.");
        return Check.Ok(name, waiting is null ? "All has arrived." : $"{Count(waiting.Count, "event")} {(waiting.Count == 1 ? "is" : "are")} on the way.");
    }

    private static string Resend(string target) => $"chatgovernance webhooks resend --target {target}";

    /// <summary>The newest words of what went wrong: of what waits, and of what was given up.</summary>
    private static async Task<Last> LastOf(GovernanceContext db, string name, DateTimeOffset now, CancellationToken ct)
    {
        var answer = await db.WebhookEvents.Where(row => row.Target == name && row.DueAt != null && row.Answer != null).OrderBy(row => row.Id).Select(row => row.Answer).FirstOrDefaultAsync(ct);
        var died = await db.WebhookEvents.Where(row => row.Target == name && row.DiedAt != null && row.DiedAt >= now - WebhookPolicy.DeadKept)
            .OrderByDescending(row => row.DiedAt).Select(row => new { row.Dead, row.Answer }).FirstOrDefaultAsync(ct);
        return new Last(answer, died?.Dead, died?.Answer);
    }

    private static string Why(Last last) => last.Dead switch
    {
        WebhookPolicy.NotConfigured => "the target was no longer configured",
        WebhookPolicy.Gone => "the receiver answered 410: it wants no more",
        WebhookPolicy.Expired => $"tried for {WebhookPolicy.Lifetime.Days} days{(last.DeadAnswer is { } answer ? $", last answer {answer}" : "")}",
        var code => $"it could not be sent: {code}",
    };

    private static string Rows(Dead dead) => dead.First == dead.Last
        ? string.Create(CultureInfo.InvariantCulture, $"row {dead.First} of the audit")
        : string.Create(CultureInfo.InvariantCulture, $"between rows {dead.First} and {dead.Last} of the audit");

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private sealed record Waiting(string Target, int Count, DateTimeOffset Since);

    private sealed record Dead(string Target, int Count, long First, long Last);

    private sealed record Last(string? Answer, string? Dead, string? DeadAnswer);
}
