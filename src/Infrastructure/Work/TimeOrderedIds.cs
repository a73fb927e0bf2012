using ChatGovernance.Core;

namespace ChatGovernance.Infrastructure.Work;

/// <summary>Version 7 (RFC 9562): new rows go to the end of an index.</summary>
internal sealed class TimeOrderedIds(TimeProvider time) : IIds
{
    public Guid Next() => Guid.CreateVersion7(time.GetUtcNow());
}
