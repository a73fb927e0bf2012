using System.Diagnostics.Metrics;
using ChatGovernance.Core.Work;
using ChatGovernance.Infrastructure.Persistence.Claims;

namespace ChatGovernance.Infrastructure.Work;

/// <summary>Work that threw, and what became of it.</summary>
internal sealed class WorkMetrics
{
    public const string MeterName = "ChatGovernance.Work";
    public const string Failures = "chatgovernance.work.failures";

    private readonly Counter<long> failures;

    public WorkMetrics(IMeterFactory meters) =>
        failures = meters.Create(MeterName).CreateCounter<long>(Failures, "{row}", "Rows on which work failed, by kind and by what became of them.");

    public void CountFailure(WorkKind kind, Failed outcome) =>
        failures.Add(1, new("kind", kind.ToString()), new("outcome", outcome.ToString()));
}
