using ChatGovernance.Core.Chat;
using ChatGovernance.Core.People;
using ChatGovernance.Core.Requests;

namespace ChatGovernance.Core.Work;

/// <summary>A command that cannot be judged now, because what it rests on cannot be read: it waits, is asked again, and is told of once.</summary>
internal static class PutOff
{
    /// <summary>After so long it is given up, visibly.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(24);

    private static readonly TimeSpan firstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan longestWait = TimeSpan.FromMinutes(1);

    public static Changes Changes(ChatAccount by, string title, Doubt why, StoredDelivery delivery, Lease lease, DateTimeOffset now)
    {
        if (now - delivery.ReceivedAt >= Limit)
        {
            return new Changes
            {
                Under = lease,
                Release = new Release.Done(),
                Notes = [RequestChanges.Tell(by, $"given-up:{delivery.Id}", Subject.Of(by), title, $"{Sentences.For(why)} It was given up after a day, and nothing was changed. Please try again.")],
            };
        }

        var wait = (now - delivery.ReceivedAt) / 4;
        return new Changes
        {
            Under = lease,
            Release = new Release.Later(now + (wait < firstWait ? firstWait : wait > longestWait ? longestWait : wait)),
            Notes = [RequestChanges.Tell(by, $"waits:{delivery.Id}", Subject.Of(by), title, $"{Sentences.For(why)} Nothing is lost: it goes on by itself.")],
        };
    }
}
