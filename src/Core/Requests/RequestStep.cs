using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Requests;

/// <summary>One step of a request, ready to be saved.</summary>
internal sealed record RequestStep(AccessRequest Request, Changes Changes)
{
    private static readonly TimeSpan firstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan longestWait = TimeSpan.FromMinutes(1);

    /// <summary>An outcome: every copy shows it, the requester is told, votes that come too late are answered.</summary>
    public static RequestStep Ended(AccessRequest before, AccessRequest after, DateTimeOffset now)
    {
        var (notes, audit) = RequestChanges.Dropped(before, after, now);
        return new RequestStep(after, new Changes
        {
            Touched = RequestChanges.Touch(after),
            Notes = [.. RequestChanges.OutcomeNotes(after), .. notes],
            Audit = [RequestAudit.Outcome(after, now), .. audit],
        });
    }

    /// <summary>Ends an open request that cannot go on.</summary>
    public static RequestStep Refused(AccessRequest request, Refusal why, DateTimeOffset now) =>
        Ended(request, ((Decision.Accepted)request.Refuse(why, now)).Request, now);

    /// <summary>
    /// The directory gave nothing to rely on: shown to people from the first time on, asked again in a while that
    /// grows with the time it has lasted.
    /// </summary>
    public static RequestStep HeldUp(AccessRequest request, Doubt why, DateTimeOffset waitingSince, DateTimeOffset now)
    {
        var wait = (now - waitingSince) / 4;
        return new RequestStep(request with { HeldUpBy = why }, new Changes
        {
            Touched = request.HeldUpBy == why ? [] : RequestChanges.Touch(request),
            Release = new Release.Later(now + (wait < firstWait ? firstWait : wait > longestWait ? longestWait : wait)),
        });
    }
}
