namespace ChatGovernance.Core.Work;

/// <summary>Somebody else saves first: it is decided again at once a few times, then later, so that nothing runs in circles.</summary>
internal static class Conflicts
{
    public const int AtMost = 3;

    private static readonly TimeSpan wait = TimeSpan.FromSeconds(1);

    public static Changes BackToTheQueue(Lease lease, DateTimeOffset now) => new() { Under = lease, Release = new Release.Later(now + wait) };
}
