using ChatGovernance.Core.Audit;
using ChatGovernance.Core.Work;

namespace ChatGovernance.Core.Chat;

/// <summary>
/// First posts: each is saved as an attempt before it is made. An attempt without an answer is looked for before it is
/// made again, so that a crash or a lost answer never says a thing twice.
/// </summary>
internal sealed class Posting(IChat chat, TimeProvider time, IIds ids)
{
    /// <summary>Longer than any call may take: from then on a lost message is either there or will never be.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(20);

    /// <summary>Why it is given up: nobody knows whether it is there.</summary>
    public const string Unanswered = "uncertain";

    private static readonly TimeSpan between = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<AuditEntry> Audit(PostingStep.Begin begin, Subject subject, Audience audience) =>
        begin.MayBeThere ? [MessageAudit.Uncertain(subject, audience, begin.Attempt.At)] : [];

    /// <summary>What is to be done about a message that was never posted, or whose post was never answered.</summary>
    public async Task<PostingStep> Next(Audience audience, ChatPlace? thread, Attempt? attempt, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (attempt is null)
            return new PostingStep.Begin(new Attempt(ids.Next(), now));
        if (now < attempt.At + Settle)
            return new PostingStep.Wait(attempt.At + Settle);

        switch (await chat.Find(audience, thread, attempt, ct))
        {
            case Search.Found { Places: { Count: > 0 } places }:
                foreach (var twin in places.Skip(1))
                    await chat.Delete(twin, ct);
                return new PostingStep.Adopt(places[0]);
            case Search.Found:
                return new PostingStep.Begin(new Attempt(attempt.Key, now, attempt.Posts + 1));
            case Search.CannotLook when attempt.Posts < 2:
                return new PostingStep.Begin(new Attempt(attempt.Key, now, attempt.Posts + 1), MayBeThere: true);
            case Search.CannotLook:
                return new PostingStep.GiveUp(Unanswered);
            case Search.Later later:
                return new PostingStep.Wait(now + (later.Wait > between ? later.Wait : between));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}

internal abstract record PostingStep
{
    private PostingStep()
    {
    }

    /// <summary>Save the attempt, then post.</summary>
    /// <param name="MayBeThere">An earlier post may be there as well.</param>
    public sealed record Begin(Attempt Attempt, bool MayBeThere = false) : PostingStep;

    /// <summary>It is there.</summary>
    public sealed record Adopt(ChatPlace Place) : PostingStep;

    public sealed record Wait(DateTimeOffset Until) : PostingStep;

    public sealed record GiveUp(string Code) : PostingStep;
}
